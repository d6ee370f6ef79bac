INSERT INTO registrant (registrar, aor, username, password, binding_URI, expiry, state)
VALUES ('sip:office.1a2b3c.auth.bandwidth.com:5072;transport=udp', 'sip:o%24neil%26co@office.1a2b3c.auth.bandwidth.com', 'o$neil&co', 'a"b''c<d>e&f;gh$i%j#k l=m', 'sip:o%24neil%26co@your-opensips.example', '3600', '0');
