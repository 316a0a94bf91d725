"""`bot doctor`: looks at everything the assistant stands on and says what to do. It repairs nothing and prints no secret."""
