//! System requirements of each group.

use super::Group;
use crate::system::{Needs, TO_BUILD};
use crate::{cross, package};

impl Group {
    /// What the system must bring, beside Node.
    pub(crate) fn needs(self) -> &'static [Needs] {
        match self {
            Self::Core => &[
                TO_BUILD,
                Needs {
                    debian: &["libfaketime"],
                    fedora: &[],
                    commands: &[],
                },
            ],
            Self::Lint => &[
                TO_BUILD,
                Needs {
                    debian: &["python3", "python3-venv"],
                    fedora: &[],
                    commands: &[],
                },
            ],
            Self::Contract => &[
                TO_BUILD,
                Needs {
                    debian: &[
                        "librsvg2-bin",
                        "libxml2-utils",
                        "python3",
                        "python3-venv",
                        "tshark",
                        "zbar-tools",
                    ],
                    fedora: &[],
                    commands: &["python3", "rsvg-convert", "tshark", "xmllint", "zbarimg"],
                },
            ],
            Self::Registrar => &[
                TO_BUILD,
                Needs {
                    debian: &[
                        "baresip-core",
                        "ejabberd",
                        "erlang-p1-sip",
                        "kamailio",
                        "kamailio-sqlite-modules",
                        "kamailio-tls-modules",
                        "libio-socket-ssl-perl",
                        "libnet-sip-perl",
                        "linphone-cli",
                        "openssl",
                        "python3",
                        "python3-venv",
                        "sip-tester",
                        "sqlite3",
                        "twinkle",
                    ],
                    fedora: &[],
                    commands: &[
                        "baresip",
                        "erl",
                        "kamailio",
                        "linphonec",
                        "openssl",
                        "perl",
                        "python3",
                        "sipp",
                        "sqlite3",
                        "twinkle",
                    ],
                },
            ],
            Self::Keychain => &[TO_BUILD, KEYCHAIN],
            Self::Ui => &[],
            Self::Cross => &[cross::TO_CHECK],
            Self::Package => &[TO_BUILD, package::TO_TEST],
            Self::Wine => &[cross::TO_CHECK, cross::TO_RUN],
            Self::Desktop => &[TO_BUILD, KEYCHAIN, WINDOW],
            Self::Chromium => &[
                TO_BUILD,
                KEYCHAIN,
                WINDOW,
                Needs {
                    debian: &["chromium", "chromium-driver"],
                    fedora: &[],
                    commands: &["chromedriver", "chromium"],
                },
            ],
        }
    }
}

const KEYCHAIN: Needs = Needs {
    debian: &["dbus", "gnome-keyring"],
    fedora: &[],
    commands: if cfg!(target_os = "linux") {
        &["dbus-daemon", "dbus-send", "gnome-keyring-daemon"]
    } else {
        &[]
    },
};

/// A window nobody sees, the driver of its engine, and the keyboard.
const WINDOW: Needs = Needs {
    debian: &[
        "at-spi2-core",
        "fonts-dejavu-core",
        "gir1.2-atspi-2.0",
        "libfaketime",
        "poppler-utils",
        "python3",
        "python3-gi",
        "webkit2gtk-driver",
        "xclip",
        "xdotool",
        "xvfb",
        "zbar-tools",
    ],
    fedora: &[],
    commands: &[
        "WebKitWebDriver",
        "Xvfb",
        "pdftotext",
        "python3",
        "xclip",
        "xdotool",
        "zbarimg",
    ],
};
