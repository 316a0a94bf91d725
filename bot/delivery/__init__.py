"""The outside world: an SMTP server and a CRM's webhook. What is said, to whom and how often is bot/services'."""
