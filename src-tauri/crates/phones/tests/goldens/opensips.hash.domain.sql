INSERT INTO registrant (registrar, aor, username, password, binding_URI, expiry, state)
VALUES ('sip:office.1a2b3c.auth.bandwidth.com:5072;transport=udp', 'sip:bob%40somewhere.com@office.1a2b3c.auth.bandwidth.com', 'bob@somewhere.com', '0x0123456789abcdef0123456789abcdef', 'sip:bob%40somewhere.com@your-opensips.example', '3600', '0');
