use std::time::Duration;

use registrar_sip::TransportName;
use registrar_sip::failure::Failure;
use registrar_sip::message::Message;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::scripted::{Certificate, Scripted, authority, status};
use crate::transport::Transport;

const LIMIT: Duration = Duration::from_secs(5);

fn peer(name: &str) -> Peer {
    Peer {
        name: name.to_owned(),
        trust: authority(),
    }
}

async fn connect(certificate: Certificate, peer: &Peer) -> Result<Transport, Failure> {
    let registrar = Scripted::start_with(TransportName::Tls, certificate, &[status(200)]).await;
    Transport::connect(TransportName::Tls, registrar.address, peer, LIMIT).await
}

#[tokio::test]
async fn a_good_certificate_carries_messages_for_each_of_its_names() {
    for name in ["r.example", "R.Example.", "127.0.0.1", "[::1]"] {
        let registrar = Scripted::start(TransportName::Tls, &[status(200)]).await;
        let opened =
            Transport::connect(TransportName::Tls, registrar.address, &peer(name), LIMIT).await;
        let mut transport = opened.unwrap();
        let request = Message::request("OPTIONS", "sip:r.example")
            .with("Via", "SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK1;rport")
            .with("From", "<sip:a@b>;tag=1")
            .with("To", "<sip:a@b>")
            .with("Call-ID", "1")
            .with("CSeq", "1 OPTIONS");

        transport.send(&request).await.unwrap();

        assert_eq!(transport.receive().await.unwrap().status(), Some(200));
    }
}

#[tokio::test]
async fn a_broken_list_of_trust_is_no_verdict() {
    let peer = Peer {
        name: "r.example".to_owned(),
        trust: Trust::breaking(),
    };

    let task = tokio::spawn(async move { connect(Certificate::Good, &peer).await });
    let broken = task.await.unwrap_err();

    assert!(broken.is_panic(), "whoever waits is told of the panic");
}

#[tokio::test]
async fn each_fault_of_a_certificate_is_told_apart() {
    let authority = || Some("Test Authority (Example Corp)".to_owned());
    for (certificate, problem) in [
        (
            Certificate::Early,
            TlsProblem::NotYetValid {
                from: Some("1 January 2100".to_owned()),
            },
        ),
        (
            Certificate::Expired,
            TlsProblem::Expired {
                until: Some("1 January 2021".to_owned()),
            },
        ),
        (
            Certificate::OtherName,
            TlsProblem::OtherName {
                asked: "r.example".to_owned(),
                names: ["other.example", "*.else.example", "192.0.2.1"]
                    .map(str::to_owned)
                    .to_vec(),
            },
        ),
        (
            Certificate::SelfSigned,
            TlsProblem::UnknownIssuer {
                issuer: Some("registrar.test".to_owned()),
                self_signed: true,
            },
        ),
        (
            Certificate::WrongPurpose,
            TlsProblem::BadCertificate {
                issuer: authority(),
            },
        ),
    ] {
        let failed = connect(certificate, &peer("r.example")).await.unwrap_err();

        assert_eq!(failed, Failure::Tls(problem));
    }
    let stranger = connect(Certificate::Good, &Peer::new("r.example")).await;
    let problem = TlsProblem::UnknownIssuer {
        issuer: authority(),
        self_signed: false,
    };
    assert_eq!(stranger.unwrap_err(), Failure::Tls(problem));
}

#[tokio::test]
async fn the_name_that_was_asked_for_counts_and_no_other() {
    for name in ["sub.r.example", "example", "127.0.0.2", "", "a b"] {
        let failed = connect(Certificate::Good, &peer(name)).await.unwrap_err();

        let Failure::Tls(TlsProblem::OtherName { asked, .. }) = failed else {
            panic!("{name:?}: {failed:?}");
        };
        assert_eq!(asked, name);
    }
}

/// The platform's verifier tells a wrong name from a bad chain on Linux only.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn sip_uri_names_the_domain() {
    for certificate in [Certificate::SipUri, Certificate::SipUriBesideDns] {
        for name in ["r.example", "R.EXAMPLE."] {
            let opened = connect(certificate, &peer(name)).await;

            assert!(opened.is_ok(), "{certificate:?}, {name}: {opened:?}");
        }
    }
}

#[tokio::test]
async fn sip_uri_with_user_leaves_dns_names_valid() {
    let certificate = Certificate::SipUriUserBesideDns;

    assert!(connect(certificate, &peer("r.example")).await.is_ok());
}

#[tokio::test]
async fn sip_uri_leaves_addresses_valid() {
    let certificate = Certificate::SipUriOtherBesideDns;

    assert!(connect(certificate, &peer("127.0.0.1")).await.is_ok());
}

#[tokio::test]
async fn names_that_do_not_count_for_sip_are_refused() {
    for (certificate, asked, names) in [
        (
            Certificate::SipUriOther,
            "r.example",
            &["sip:other.example"][..],
        ),
        (
            Certificate::SipUriOtherBesideDns,
            "r.example",
            &["sip:other.example", "127.0.0.1"],
        ),
        (
            Certificate::SipUriUser,
            "r.example",
            &["sip:alice@r.example"],
        ),
        (
            Certificate::SipUriUserBesideDns,
            "other.example",
            &["r.example", "sip:alice@other.example", "sips:other.example"],
        ),
        (
            Certificate::SipUriWildcard,
            "r.example",
            &["sip:*.r.example"],
        ),
        (
            Certificate::SipUriWildcard,
            "sub.r.example",
            &["sip:*.r.example"],
        ),
        (Certificate::SipUri, "sub.r.example", &["sip:r.example"]),
        (Certificate::SipUri, "127.0.0.1", &["sip:r.example"]),
        (Certificate::SipsUri, "r.example", &["sips:r.example"]),
        (Certificate::SipUriLimited, "r.example", &["sip:r.example"]),
    ] {
        let failed = connect(certificate, &peer(asked)).await;

        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let asked = asked.to_owned();
        let problem = TlsProblem::OtherName { asked, names };
        assert_eq!(failed.unwrap_err(), Failure::Tls(problem));
    }
}

/// On Windows and macOS the system may put the name before the chain's fault.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn sip_uri_excuses_no_fault_of_the_chain() {
    let issuer = || Some("SIP Authority (Example Corp)".to_owned());
    let stranger = Peer::new("r.example");
    for (certificate, peer, problem) in [
        (
            Certificate::SipUriExpired,
            peer("r.example"),
            TlsProblem::Expired {
                until: Some("1 January 2021".to_owned()),
            },
        ),
        (
            Certificate::SipUriWrongPurpose,
            peer("r.example"),
            TlsProblem::BadCertificate { issuer: issuer() },
        ),
        (
            Certificate::SipUri,
            stranger,
            TlsProblem::UnknownIssuer {
                issuer: issuer(),
                self_signed: false,
            },
        ),
    ] {
        let failed = connect(certificate, &peer).await;

        assert_eq!(failed.unwrap_err(), Failure::Tls(problem));
    }
}

#[tokio::test]
async fn a_port_that_speaks_no_tls_is_told_by_what_it_does() {
    /// What the port does once it was sent something.
    #[derive(Clone, Copy, Debug)]
    enum Does {
        AnswersSip,
        Closes,
        RefusesByAlert,
        StaysSilent,
    }
    for (does, problem) in [
        (Does::AnswersSip, TlsProblem::NotTls),
        (Does::Closes, TlsProblem::CutOff),
        (Does::RefusesByAlert, TlsProblem::Refused),
        (Does::StaysSilent, TlsProblem::Silent),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let port = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let length = connection.read(&mut [0; 4096]).await.unwrap();
            assert!(length > 0);
            match does {
                Does::AnswersSip => {
                    let answer = b"SIP/2.0 400 Bad Request\r\n\r\n";
                    connection.write_all(answer).await.unwrap();
                }
                Does::Closes => return,
                // A fatal alert, handshake_failure: RFC 8446 section 6.
                Does::RefusesByAlert => {
                    let alert = [21, 3, 3, 0, 2, 2, 40];
                    connection.write_all(&alert).await.unwrap();
                }
                Does::StaysSilent => {}
            }
            // Holds the connection until the other side lets go.
            let _end = connection.read(&mut [0; 4096]).await;
        });
        let limit = match does {
            Does::StaysSilent => Duration::from_millis(300),
            Does::AnswersSip | Does::Closes | Does::RefusesByAlert => LIMIT,
        };

        let peer = peer("r.example");
        let opened = Transport::connect(TransportName::Tls, address, &peer, limit).await;

        assert_eq!(opened.unwrap_err(), Failure::Tls(problem), "{does:?}");
        port.await.unwrap();
    }
}

#[tokio::test]
async fn each_connection_ends_with_close_notify() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = Certificate::Good.acceptor();
    for says_something in [false, true] {
        let peer = peer("r.example");
        let client = async {
            let opened = Transport::connect(TransportName::Tls, address, &peer, LIMIT).await;
            let mut transport = opened.unwrap();
            if says_something {
                let message = Message::request("OPTIONS", "sip:r.example");
                transport.send(&message).await.unwrap();
            }
        };
        let server = async {
            let (socket, _) = listener.accept().await.unwrap();
            let mut connection = acceptor.accept(socket).await.unwrap();
            let mut heard = Vec::new();
            // An end without close_notify is an error here.
            connection.read_to_end(&mut heard).await.map(|_| heard)
        };

        let ((), ended) = tokio::join!(client, server);

        assert_eq!(ended.unwrap().is_empty(), !says_something);
    }
}
