INSERT INTO registrant (registrar, proxy, aor, username, password, binding_URI, expiry, state)
VALUES ('sip:office.1a2b3c.auth.bandwidth.com:5072;transport=udp', 'sip:192.0.2.1:5072;transport=udp', 'sip:o%24neil%26co@office.1a2b3c.auth.bandwidth.com', 'o$neil&co', '0x0123456789abcdef0123456789abcdef', 'sip:o%24neil%26co@your-opensips.example', '3600', '0');
