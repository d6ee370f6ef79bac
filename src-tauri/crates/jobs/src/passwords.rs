//! The file of passwords that a job generates, at the place that the person chose.
//!
//! A password is in the file and flushed to disk before the request that activates it is sent, so
//! no SIP credential ever exists whose password is unknown. While the job runs, the file is only
//! appended to. Another program may have opened and saved it in the meantime, so lines are found by
//! name and never by position. It contains one password per name.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::step::Step;
use registrar_secret::SipPassword;
use registrar_spreadsheet::{Batch, Error, Records, Text, Unusable, write_row};
use registrar_storage::{own_file, record_log};

/// How many lines are read together.
const READ_TOGETHER: usize = 512;
/// The first line. Each other line has a value for each of these.
const HEADING: [&str; 5] = [
    "user name",
    "domain",
    "realm",
    "password",
    "voice application",
];
/// Windows line endings, which spreadsheets write on other systems too.
const LINE_END: &[u8] = b"\r\n";

/// A password's owner: realm and composite user name.
pub(super) type Name = (String, String);

/// Returns the name that a step's password belongs to.
pub(super) fn name_of(step: &Step) -> Name {
    (step.realm.clone(), step.composite())
}

/// Returns a hash of a name, the same in any letter case: a million names as text would take too
/// much memory.
pub(super) fn number((realm, composite): &Name) -> u64 {
    let mut hasher = DefaultHasher::new();
    realm.to_ascii_lowercase().hash(&mut hasher);
    composite.to_ascii_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// One line to write.
pub(super) struct Line<'a> {
    pub(super) user_name: &'a str,
    pub(super) domain: Option<&'a str>,
    pub(super) realm: &'a str,
    pub(super) password: &'a SipPassword,
    pub(super) application: Option<&'a str>,
}

/// Creates the file with its heading. An existing file is refused, unless it contains only the
/// heading or the start of it, as one that was created and not used does.
pub(super) fn create(path: &Path) -> io::Result<()> {
    let heading = heading();
    match own_file::create_new(path) {
        Ok(mut file) => {
            file.write_all(&heading)?;
            file.sync_all()?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let mut start = Vec::new();
            let longest = heading.len() as u64 + 1;
            File::open(path)?.take(longest).read_to_end(&mut start)?;
            if !heading.starts_with(&start) {
                return Err(error);
            }
            let mut file = for_writing(File::options().write(true).truncate(true)).open(path)?;
            own_file::tighten(&file, path);
            file.write_all(&heading)?;
            file.sync_all()?;
        }
        Err(error) => return Err(error),
    }
    flush_folder(path)
}

/// The password file of a running job.
#[derive(Debug)]
pub(super) struct PasswordsFile {
    path: PathBuf,
    file: File,
    /// The passwords of names whose rows have no outcome.
    held: HashMap<Name, SipPassword>,
}

impl PasswordsFile {
    /// Opens the file to continue with. Its passwords for the names that are `awaited` are kept in
    /// memory.
    pub(super) fn open(path: &Path, awaited: &dyn Fn(&Name) -> bool) -> io::Result<Self> {
        let mut file = for_writing(File::options().read(true).append(true)).open(path)?;
        own_file::tighten(&file, path);
        mend_the_end(&mut file)?;
        let mut held = HashMap::new();
        read(path, |line| {
            let name = (line.realm, line.composite);
            if awaited(&name) {
                held.insert(name, line.password);
            }
        })?;
        Ok(Self {
            path: path.to_owned(),
            file,
            held,
        })
    }

    /// Returns the file's password for a name whose row has no outcome.
    pub(super) fn held(&self, name: &Name) -> Option<&SipPassword> {
        self.held.get(name)
    }

    /// Appends the text of lines, and returns once they are on disk. After a failure, none of them
    /// counts.
    pub(super) fn append(&mut self, text: &[u8]) -> io::Result<()> {
        // Notices that a file was moved or replaced before a password is written to it and lost.
        same_file(&self.file, &self.path)?;
        let before = self.file.metadata()?.len();
        let written = self
            .file
            .write_all(text)
            .and_then(|()| self.file.sync_data());
        if written.is_err() {
            // A half line is mended when the file is opened the next time, at the latest.
            let _left = self.file.set_len(before);
        }
        written
    }
}

/// Returns the text of lines.
pub(super) fn text(lines: &[Line<'_>]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(lines.len() * 128));
    for line in lines {
        let fields = [
            line.user_name,
            line.domain.unwrap_or_default(),
            line.realm,
            line.password.expose(),
            line.application.unwrap_or_default(),
        ];
        write_row(&fields, &mut bytes);
    }
    bytes
}

/// Rewrites the file without the lines of the given names, whose credentials don't exist. After any
/// failure, the file is unchanged.
pub(super) fn leave_out(path: &Path, names: &HashSet<Name>) -> io::Result<()> {
    let mut bytes = Zeroizing::new(Vec::new());
    bytes.extend_from_slice(&heading());
    let mut kept = HashSet::new();
    read(path, |line| {
        let name = (line.realm.clone(), line.composite);
        if !names.contains(&name) && kept.insert(name) {
            let fields = [
                line.user_name.as_str(),
                &line.domain,
                &line.realm,
                line.password.expose(),
                &line.application,
            ];
            write_row(&fields, &mut bytes);
        }
    })?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut anew = own_file::unfinished(folder)?;
    anew.write_all(&bytes)?;
    anew.as_file().sync_all()?;
    anew.persist(path).map_err(|failed| failed.error)?;
    flush_folder(path)
}

/// Reads the file, and passes on each name with its password.
pub(super) fn each(path: &Path, mut take: impl FnMut(Name, SipPassword)) -> io::Result<()> {
    read(path, |line| {
        take((line.realm, line.composite), line.password);
    })
}

/// A parsed line.
struct ReadLine {
    user_name: String,
    domain: String,
    realm: String,
    password: SipPassword,
    application: String,
    composite: String,
}

/// Reads all lines with a password, even from a file that a spreadsheet saved.
fn read(path: &Path, mut take: impl FnMut(ReadLine)) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut start = Zeroizing::new(Vec::new());
    (&file).take(1024).read_to_end(&mut start)?;
    let first = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    // The heading's words contain no separator, so the first one found is it.
    let separators = b",;\t";
    let separator = first.iter().find(|byte| separators.contains(byte)).copied();
    file.seek(SeekFrom::Start(0))?;
    let text = match Text::begin(file) {
        Err(Error::Unusable(Unusable::Empty)) => return Ok(()),
        begun => begun?,
    };
    let mut records = Records::new(text, separator.unwrap_or(b','));
    let mut batch = Batch::default();
    let mut headings = 1;
    loop {
        records.read(&mut batch, READ_TOGETHER)?;
        if batch.is_empty() {
            return Ok(());
        }
        for row in batch.rows().skip(std::mem::take(&mut headings)) {
            let password = row.cell(3);
            if password.is_empty() {
                continue;
            }
            let (user_name, domain) = (row.cell(0).to_owned(), row.cell(1).to_owned());
            let composite = registrar_digest::composite(&user_name, Some(&domain));
            take(ReadLine {
                user_name,
                domain,
                realm: row.cell(2).to_owned(),
                password: SipPassword::new(password),
                application: row.cell(4).to_owned(),
                composite,
            });
        }
    }
}

/// Completes the last line if its end is missing: a complete line is terminated, a torn one is cut
/// off. No request was ever sent for a torn one.
fn mend_the_end(file: &mut File) -> io::Result<()> {
    let length = file.metadata()?.len();
    let back = length.min(4096);
    file.seek(SeekFrom::Start(length - back))?;
    let mut end = Zeroizing::new(Vec::new());
    (&*file).take(back).read_to_end(&mut end)?;
    if end.is_empty() || end.ends_with(b"\n") {
        return Ok(());
    }
    let begins = end
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let line = &end[begins..];
    // The password is the last but one field; followed by a separator, it is complete.
    let fields: Vec<_> = line.split(|byte| b",;\t".contains(byte)).collect();
    let whole = fields.len() == HEADING.len() && fields[3].len() >= SipPassword::MADE_LENGTH;
    if whole && line.len() as u64 != length {
        file.write_all(LINE_END)
    } else if begins == 0 && back == length {
        file.set_len(0)?;
        file.write_all(&heading())
    } else {
        file.set_len(length - line.len() as u64)
    }
}

fn heading() -> Vec<u8> {
    let mut bytes = Vec::new();
    write_row(&HEADING, &mut bytes);
    bytes
}

/// Allows others on Windows only to read the file while it is open. By default, Rust also lets them
/// write, delete and replace it, which would put passwords in a file that no one finds.
fn for_writing(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(windows)]
    {
        const FILE_SHARE_READ: u32 = 1;
        std::os::windows::fs::OpenOptionsExt::share_mode(options, FILE_SHARE_READ);
    }
    options
}

/// Returns an error if the path doesn't lead to the open file.
fn same_file(file: &File, path: &Path) -> io::Result<()> {
    let there = fs::metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let open = file.metadata()?;
        if (open.dev(), open.ino()) != (there.dev(), there.ino()) {
            return Err(io::ErrorKind::NotFound.into());
        }
    }
    // On Windows, a file opened by `for_writing` can't be deleted or replaced.
    #[cfg(not(unix))]
    let _ = (file, there);
    Ok(())
}

fn flush_folder(path: &Path) -> io::Result<()> {
    match path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        Some(folder) => record_log::flush_folder(folder),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
