"""The admissions assistant for RNCP41406 « Responsable d'administration communale »."""
