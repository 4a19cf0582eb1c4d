"""What an issue may lack or have odd before it goes out: one table of checks over its facts.

Knows no models: a check reads ``facts.Facts``; ``issues.gathering`` fetches them, a test makes
them up.
"""
