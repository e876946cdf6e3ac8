-- people.db: what a person needs to sign in at the page. Unlike the record it may change: a password that was given up must
-- be gone. No password is kept: a check value and the private key, which only the password opens.
CREATE TABLE accounts (
    key        TEXT PRIMARY KEY CHECK (length(key) = 64),
    kdf        TEXT NOT NULL,
    iterations INTEGER NOT NULL CHECK (iterations >= 1),
    salt       BLOB NOT NULL UNIQUE,
    verifier   BLOB NOT NULL,
    nonce      BLOB NOT NULL,
    sealed     BLOB NOT NULL,
    changed    INTEGER NOT NULL
) STRICT;
-- Browsers in which somebody signed in before, by the hash of a cookie.
CREATE TABLE browsers (
    token BLOB PRIMARY KEY CHECK (length(token) = 32),
    key   TEXT NOT NULL REFERENCES accounts (key) ON DELETE CASCADE,
    made  INTEGER NOT NULL
) STRICT;
CREATE INDEX browsers_of ON browsers (key, made);
