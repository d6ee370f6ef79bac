#!/bin/bash
# A real Kamailio registrar on loopback, UDP, TCP and TLS, that verifies by stored hashes alone.
#
#   kamailio.sh start DIR PORT REALM [NONCE_LIFE [STALE [CERTIFICATE]]]   returns once Kamailio answers
#   kamailio.sh stop DIR                                    ends it and its children
#   kamailio.sh bindings DIR                                prints every Contact it holds
#   kamailio.sh records DIR                                 prints all that a REGISTER would change
#
# DIR/creds holds one credential a line, with tabs: user name, domain or '-', Hash1, Hash1b.
# Kamailio looks a digest user name without '@' up in column ha1, by (name, realm), and one with '@'
# in column ha1b, by what stands before and behind its first '@'. NONCE_LIFE is in seconds; with
# STALE 0 an old nonce is challenged again without saying that it was only too old.
#
# It listens on IPv4 and, where this computer has it, on IPv6. With a CERTIFICATE it also listens for
# TLS at the port behind PORT, and shows that certificate for the realm: good, expired, self-signed,
# sip-uri (which names the realm only by a SIP URI) or wrong-name. DIR/ca.pem is the authority that
# signed it.
#
# A To user that begins with 'fault-' gets the answer that its name says. 'one-contact' may register
# one contact. 'behind-edge' registers through an edge proxy: this Kamailio challenges it by 407, adds a
# Path and sends the REGISTER to itself, where it is challenged by 401. Calls: see calls().
set -eu
umask 077
PATH=$PATH:/usr/sbin:/sbin
command=$1 dir=$(cd "$2" && pwd)
pid_file=$dir/pid config=$dir/kamailio.cfg database=$dir/credentials.sqlite

tables() {
  cat <<'SQL'
CREATE TABLE version(table_name TEXT NOT NULL, table_version INTEGER NOT NULL);
INSERT INTO version VALUES('subscriber', 7);
CREATE TABLE subscriber(username TEXT NOT NULL, domain TEXT NOT NULL, ha1 TEXT, ha1b TEXT);
SQL
  while IFS=$'\t' read -r user domain hash1 hash1b; do
    if [ "$domain" = - ]; then
      echo "INSERT INTO subscriber VALUES('$user', '$realm', '$hash1', '$hash1b');"
    else
      echo "INSERT INTO subscriber VALUES('$user', '$domain', '', '$hash1');"
      echo "INSERT INTO subscriber VALUES('$user', '$domain@$realm', '', '$hash1b');"
    fi
  done < "$dir/creds"
}

certificates() {
  local names="DNS:$realm" key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
  [ "$certificate" = wrong-name ] && names=DNS:someone-else.invalid
  [ "$certificate" = sip-uri ] && names=URI:sip:$realm
  cd "$dir"
  openssl req -x509 "${key[@]}" -days 30 -subj "/CN=Test SIP Authority" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign \
    -keyout ca.key -out ca.pem
  openssl req "${key[@]}" -subj /CN=registrar.test -keyout tls.key -out tls.csr
  printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=%s\n' "$names" > tls.ext
  case $certificate in
  good | sip-uri | wrong-name)
    openssl x509 -req -in tls.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 \
      -extfile tls.ext -out tls.pem
    ;;
  self-signed) openssl x509 -req -in tls.csr -signkey tls.key -days 30 -extfile tls.ext -out tls.pem ;;
  expired)
    # `openssl x509` cannot date back, `openssl ca` can.
    : > index
    echo 01 > serial
    printf '%s\n' '[ca]' 'default_ca=own' '[own]' database=index serial=serial new_certs_dir=. \
      default_md=sha256 policy=any '[any]' commonName=supplied > ca.cnf
    openssl ca -batch -config ca.cnf -cert ca.pem -keyfile ca.key -in tls.csr -extfile tls.ext \
      -startdate 20200101000000Z -enddate 20210101000000Z -notext -out tls.pem
    ;;
  *)
    echo "kamailio.sh: unknown certificate $certificate" >&2
    return 1
    ;;
  esac
}

settings() {
  cat <<CFG
#!KAMAILIO
debug=2
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
dns=no
rev_dns=no
listen=udp:127.0.0.1:$port
listen=tcp:127.0.0.1:$port
alias="$realm"
CFG
  if grep -q . /proc/net/if_inet6 2>/dev/null; then
    printf 'listen=%s:[::1]:'"$port"'\n' udp tcp
  fi
  if [ -n "$certificate" ]; then
    cat <<CFG
enable_tls=yes
listen=tls:127.0.0.1:$((port + 1))
loadmodule "tls.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "certificate", "$dir/tls.pem")
modparam("tls", "private_key", "$dir/tls.key")
modparam("tls", "verify_certificate", 0)
modparam("tls", "require_certificate", 0)
CFG
  fi
  local module
  for module in kex corex tm tmx sl pv maxfwd textops siputils sanity ctl usrloc registrar auth \
    db_sqlite auth_db rr path; do
    echo "loadmodule \"$module.so\""
  done
  cat <<CFG
modparam("ctl", "binrpc", "unix:$dir/control")
modparam("usrloc", "db_mode", 0)
modparam("registrar", "max_expires", 3600)
modparam("registrar", "xavp_cfg", "reg")
modparam("registrar", "use_path", 1)
modparam("registrar", "path_mode", 2)
modparam("auth", "nonce_expire", $nonce_life)
modparam("auth_db", "db_url", "sqlite:///$database")
modparam("auth_db", "calculate_ha1", 0)
modparam("auth_db", "use_domain", 1)
modparam("auth_db", "password_column", "ha1")
modparam("auth_db", "password_column_2", "ha1b")
modparam("auth_db", "load_credentials", "")

request_route {
  if (!mf_process_maxfwd_header("10") || !sanity_check("1511", "7")) { exit; }
  force_rport();
  if (has_totag() && !is_method("REGISTER")) { route(CALLS); exit; }
  if (is_method("OPTIONS") && \$rU != \$null) {
    # For a registered phone.
    if (!lookup("location")) { sl_send_reply("480", "Not registered"); exit; }
    t_relay(); exit;
  }
  if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
  if (!is_method("REGISTER")) { route(CALLS); exit; }
  switch (\$tU) {
    case "fault-302":
      append_to_reply("Contact: <sip:other.registrar.invalid:5099>\r\n");
      sl_send_reply("302", "Moved Temporarily"); exit;
    case "fault-403": sl_send_reply("403", "Forbidden"); exit;
    case "fault-404": sl_send_reply("404", "Not Found"); exit;
    case "fault-423":
      if (\$(hdr(Expires){s.int}) > 0 && \$(hdr(Expires){s.int}) < 1800) {
        append_to_reply("Min-Expires: 1800\r\n");
        sl_send_reply("423", "Interval Too Brief"); exit;
      }
      break;
    case "fault-500": sl_send_reply("500", "Server Internal Error"); exit;
    case "fault-503":
      append_to_reply("Retry-After: 30\r\n");
      sl_send_reply("503", "Service Unavailable"); exit;
    case "fault-silent": exit;
    case "fault-loop401": www_challenge("$realm", "1"); exit;
    case "fault-basic":
      append_to_reply("WWW-Authenticate: Basic realm=\"$realm\"\r\n");
      sl_send_reply("401", "Unauthorized"); exit;
    case "fault-sha256":
      append_to_reply("WWW-Authenticate: Digest realm=\"$realm\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\n");
      sl_send_reply("401", "Unauthorized"); exit;
    case "fault-multi":
      if (\$hdr(Authorization) == \$null) {
        append_to_reply("WWW-Authenticate: Digest realm=\"$realm\", nonce=\"n\", qop=\"auth,auth-int\", algorithm=SHA-256\r\n");
      }
      break;
    case "fault-realm": www_challenge("other.realm.invalid", "1"); exit;
    case "fault-realms":
      if (\$hdr(Authorization) == \$null) {
        append_to_reply("WWW-Authenticate: Digest realm=\"other.realm.invalid\", nonce=\"n\", qop=\"auth\"\r\n");
      }
      break;
    case "fault-stays":
      # A binding is made, and then not removed.
      if (\$hdr(Expires) == "0") { sl_send_reply("403", "Forbidden"); exit; }
      break;
    case "one-contact":
      \$xavp(reg=>max_contacts) = 1;
      break;
    case "behind-edge":
      if (!is_present_hf("Path")) {
        if (!proxy_authenticate("$realm", "subscriber")) { proxy_challenge("$realm", "1"); exit; }
        consume_credentials();
        add_path();
        \$du = "sip:127.0.0.1:$port;transport=udp";
        t_relay(); exit;
      }
      break;
    case "fault-407":
      if (!proxy_authenticate("$realm", "subscriber")) { proxy_challenge("$realm", "1"); exit; }
      route(SAVE);
  }
  \$var(result) = www_authenticate("$realm", "subscriber");
  if (\$var(result) < 0) {
    # -4 is a right answer to an old nonce; flag 16 says so.
    if (\$var(result) == -4 && $stale == 1) { www_challenge("$realm", "17"); }
    else { www_challenge("$realm", "1"); }
    exit;
  }
  route(SAVE);
}

route[SAVE] {
  if (!save("location")) { sl_reply_error(); }
  exit;
}
CFG
}

# A call from a credential goes to the port that its last five digits name, with +1555 or +1666
# before them, or to a registered name; 'forbidden' and 'noroute' are refused. With +1666, each
# INVITE and BYE of the caller is challenged in the call, too.
calls() {
  cat <<CFG
route[CALLS] {
  if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
  if (has_totag()) {
    if (loose_route()) {
      if (is_method("INVITE|BYE") && check_route_param("ask=yes") && is_direction("downstream")) {
        if (!proxy_authenticate("$realm", "subscriber")) { proxy_challenge("$realm", "1"); exit; }
        consume_credentials();
      }
      t_relay();
    } else if (is_method("ACK")) {
      # To a refusal from here, or to a callee that keeps no route.
      if (t_check_trans() || uri != myself) { t_relay(); }
    } else if (uri != myself) {
      t_relay();
    } else {
      sl_send_reply("404", "Not Here");
    }
    exit;
  }
  if (!is_method("INVITE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  t_check_trans();
  if (!proxy_authenticate("$realm", "subscriber")) { proxy_challenge("$realm", "1"); exit; }
  consume_credentials();
  switch (\$rU) {
    case "forbidden": sl_send_reply("403", "Caller Not Allowed"); exit;
    case "noroute": sl_send_reply("503", "No Route"); exit;
  }
  record_route();
  if (\$rU =~ "^\\+1(555|666)[0-9]{5}\$") {
    if (\$rU =~ "^\\+1666") { add_rr_param(";ask=yes"); }
    \$du = "sip:127.0.0.1:" + \$(rU{s.substr,5,5});
  } else if (!lookup("location")) {
    sl_send_reply("404", "Not Found");
    exit;
  }
  if (!t_relay()) { sl_reply_error(); }
}
CFG
}

answers() {
  # One write is one datagram; the first line of the reply tells all.
  exec 7<>"/dev/udp/127.0.0.1/$port" || return 1
  printf 'OPTIONS sip:%s SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK%s\r\nMax-Forwards: 5\r\nFrom: <sip:a@%s>;tag=1\r\nTo: <sip:a@%s>\r\nCall-ID: %s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n' \
    "$realm" "$RANDOM$RANDOM" "$realm" "$realm" "$RANDOM$RANDOM" |
    dd bs=4096 iflag=fullblock status=none >&7 2>/dev/null
  local reply
  reply=$(timeout 1 dd bs=4096 count=1 status=none <&7 2>/dev/null | head -n 1) || true
  exec 7>&-
  [[ $reply == 'SIP/2.0 200'* ]]
}

ours() {
  local pid
  pid=$(cat "$pid_file" 2>/dev/null) && tr '\0' '\n' 2>/dev/null < "/proc/$pid/cmdline" |
    grep -qFx -- "$config"
}

case $command in
start)
  port=$3 realm=$4 nonce_life=${5:-300} stale=${6:-1} certificate=${7:-}
  tables | sqlite3 -bail "$database"
  if [ -n "$certificate" ] && ! (certificates) >"$dir/openssl.log" 2>&1; then
    cat "$dir/openssl.log" >&2
    exit 1
  fi
  { settings; calls; } > "$config"
  setsid kamailio -DD -E -f "$config" -P "$pid_file" -Y "$dir" -w "$dir" -m 32 -M 4 \
    </dev/null >"$dir/log" 2>&1 &
  child=$!
  for _ in $(seq 100); do
    sleep 0.1
    if ours && answers; then exit 0; fi
    kill -0 "$child" 2>/dev/null || break
  done
  tail -n 20 "$dir/log" >&2
  "$0" stop "$dir"
  exit 1
  ;;
stop)
  if ours; then
    kill -TERM "$(cat "$pid_file")" 2>/dev/null || true
    for _ in $(seq 50); do ours || break; sleep 0.1; done
  fi
  # A main process that died leaves children behind; they all carry this directory's config.
  for process in /proc/[0-9]*; do
    if [ "$(cat "$process/comm" 2>/dev/null)" = kamailio ] &&
      tr '\0' '\n' 2>/dev/null < "$process/cmdline" | grep -qFx -- "$config"; then
      kill -KILL "${process#/proc/}" 2>/dev/null || true
    fi
  done
  rm -f "$pid_file"
  ;;
bindings)
  kamcmd -s "unix:$dir/control" ul.dump | sed -n 's/^[[:space:]]*Address: //p'
  ;;
records)
  kamcmd -s "unix:$dir/control" ul.dump |
    grep -E '^[[:space:]]*(AoR|Address|Call-ID|CSeq|User-Agent|Last-Modified):'
  ;;
*)
  echo "kamailio.sh: unknown command $command" >&2
  exit 2
  ;;
esac
