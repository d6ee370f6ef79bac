//! Why a call isn't placed: what Twilio would refuse.

use registrar_twilio::{CallProblem, TwimlFault, TwimlProblem, UrlProblem};

/// Returns what is wrong with a call, in one or two short sentences.
#[must_use]
pub fn call_problem(problem: &CallProblem) -> String {
    match problem {
        CallProblem::Password => "Use 1 to 255 characters for the password at Twilio.".to_owned(),
        CallProblem::Target => {
            "Enter an address to call, such as sip:+17778889999@realm:5006.".to_owned()
        }
        CallProblem::Twiml(problem) => twiml(problem),
        CallProblem::Url(problem) => url(*problem).to_owned(),
        CallProblem::UserName => "Use 1 to 255 characters for the user name at Twilio.".to_owned(),
    }
}

fn url(problem: UrlProblem) -> &'static str {
    match problem {
        UrlProblem::Malformed => "Enter a whole address, such as https://example.com/twiml.xml.",
        UrlProblem::Missing => "Enter the address where Twilio finds the TwiML.",
        UrlProblem::OtherScheme => "Enter an address that begins with http:// or https://.",
        UrlProblem::WithSignIn => "Leave the user name and password out of the address.",
    }
}

fn twiml(problem: &TwimlProblem) -> String {
    match problem {
        TwimlProblem::At {
            line,
            column,
            fault,
        } => format!("Line {line}, column {column}: {}", at(fault)),
        TwimlProblem::Missing => {
            "Enter TwiML (Twilio’s instructions), such as <Response><Say>Hello</Say></Response>. \
             Or choose the app’s message."
                .to_owned()
        }
        TwimlProblem::TooLong => {
            "Shorten the TwiML: Twilio takes at most 4,000 characters.".to_owned()
        }
    }
}

fn at(fault: &TwimlFault) -> String {
    let fixed = match fault {
        TwimlFault::Ampersand => "Write & as &amp;.",
        TwimlFault::Attribute(name) => {
            return format!(
                "Each attribute of <{name}> needs a value in quotes, and no 2 can have the same \
                 name."
            );
        }
        TwimlFault::AttributeText(name) => {
            return format!("In an attribute of <{name}>, write & as &amp; and < as &lt;.");
        }
        TwimlFault::ClosesNothing {
            found,
            open: Some(open),
        } => return format!("Close <{open}> first, or delete </{found}>."),
        TwimlFault::ClosesNothing { found, open: None } => {
            return format!("Delete </{found}>, which closes nothing.");
        }
        TwimlFault::Doctype => "Leave out the DOCTYPE.",
        TwimlFault::NeverClosed(name) => return format!("Close <{name}> with </{name}>."),
        TwimlFault::NoResponse => "Begin with <Response>.",
        TwimlFault::NotXml(Some(name)) => {
            return format!(
                "Correct this: inside <{name}>, it isn’t \
                                                          XML."
            );
        }
        TwimlFault::NotXml(None) => "Correct this: it isn’t XML.",
        TwimlFault::OpenComment => "Close the comment with -->.",
        TwimlFault::OpenQuote => "Close the quotation mark.",
        TwimlFault::OpenTag => "Close the tag with >.",
        TwimlFault::OtherRoot(name) => {
            return format!("Begin with <Response>, not with <{name}>.");
        }
        TwimlFault::OutsideText => "Move this text into <Response>.",
        TwimlFault::Spelling { right, found } => return format!("Write <{right}>, not <{found}>."),
        TwimlFault::TooDeep => "Nest fewer elements in one another.",
        TwimlFault::TwoRoots => "Put everything in a single <Response>.",
    };
    fixed.to_owned()
}
