//! Why a call isn't placed: what Twilio would refuse of it.

use registrar_twilio::{CallProblem, TwimlFault, TwimlProblem, UrlProblem};

/// Returns what is wrong with a call, in one or two short sentences.
#[must_use]
pub fn call_problem(problem: &CallProblem) -> String {
    match problem {
        CallProblem::Password => "Twilio takes a password of 1 to 255 characters.".to_owned(),
        CallProblem::Target => {
            "The call needs an address such as sip:+17778889999@realm:5006.".to_owned()
        }
        CallProblem::Twiml(problem) => twiml(problem),
        CallProblem::Url(problem) => url(*problem).to_owned(),
        CallProblem::UserName => "Twilio takes a user name of 1 to 255 characters.".to_owned(),
    }
}

fn url(problem: UrlProblem) -> &'static str {
    match problem {
        UrlProblem::Malformed => "Enter a whole address, such as https://example.com/twiml.xml.",
        UrlProblem::Missing => "Enter the address where Twilio finds the TwiML.",
        UrlProblem::OtherScheme => "Enter an address that begins with http:// or https://.",
        UrlProblem::WithSignIn => "Leave the user name and the password out of the address.",
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
            "Enter TwiML, such as <Response><Say>Hello</Say></Response>.".to_owned()
        }
        TwimlProblem::TooLong => {
            "Shorten the TwiML: Twilio takes at most 4,000 characters.".to_owned()
        }
    }
}

fn at(fault: &TwimlFault) -> String {
    let fixed = match fault {
        TwimlFault::Ampersand => "write & as &amp;.",
        TwimlFault::Attribute(name) => {
            return format!(
                "each attribute of <{name}> needs a value in quotes, and a name of its own."
            );
        }
        TwimlFault::AttributeText(name) => {
            return format!("in an attribute of <{name}>, write & as &amp; and < as &lt;.");
        }
        TwimlFault::ClosesNothing {
            found,
            open: Some(open),
        } => return format!("</{found}> closes nothing here; <{open}> is open."),
        TwimlFault::ClosesNothing { found, open: None } => {
            return format!("</{found}> closes nothing.");
        }
        TwimlFault::Doctype => "leave out the DOCTYPE.",
        TwimlFault::NeverClosed(name) => return format!("<{name}> is never closed."),
        TwimlFault::NoResponse => "begin with <Response>.",
        TwimlFault::NotXml(Some(name)) => return format!("this isn't XML, inside of <{name}>."),
        TwimlFault::NotXml(None) => "this isn't XML.",
        TwimlFault::OpenComment => "a comment is never closed with -->.",
        TwimlFault::OpenQuote => "a quote is never closed.",
        TwimlFault::OpenTag => "a tag is never closed with >.",
        TwimlFault::OtherRoot(name) => {
            return format!("begin with <Response>, not with <{name}>.");
        }
        TwimlFault::OutsideText => "text stands outside of <Response>.",
        TwimlFault::Spelling { right, found } => return format!("write <{right}>, not <{found}>."),
        TwimlFault::TooDeep => "too many elements lie in one another.",
        TwimlFault::TwoRoots => "everything belongs into one <Response>.",
    };
    fixed.to_owned()
}
