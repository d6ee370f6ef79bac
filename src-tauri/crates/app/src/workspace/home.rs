//! Home: what can be continued, which accounts exist, and which notices come first.

use registrar_activity::clock;
use registrar_explain::Notice;
use registrar_practice::Practice;

use super::{PRACTICE, Workspace, kept};
use crate::Error;
use crate::ipc::Screen;
use crate::journey::saved::Kept;

impl Workspace {
    /// Returns Home.
    #[must_use]
    pub fn home(&self) -> Screen {
        let mut notices = Vec::new();
        let real = kept::read(self.real_store(), &mut notices);
        let practice = kept::read(self.practice_store(), &mut notices);
        notices.extend(self.left_behind());
        notices.extend(self.waiting_jobs(&real.accounts));
        let trouble = self.activity.new_trouble().map(Error::from);
        notices.extend(trouble.as_ref().map(Error::notice));
        // One folder that cannot be written is in the way of several things.
        let mut said: Vec<Notice> = Vec::new();
        for notice in notices {
            if !said.contains(&notice) {
                said.push(notice);
            }
        }
        let views = |kept: &Kept, practice| {
            kept.journeys
                .iter()
                .filter_map(|journey| journey.view(&kept.accounts, practice))
                .collect::<Vec<_>>()
        };
        let mut continues = views(&real, false);
        continues.extend(views(&practice, true));
        continues.sort_by(|one, other| other.stopped_at.total_cmp(&one.stopped_at));
        let now_ms = clock::now_ms();
        let accounts = real.accounts.iter().map(|known| known.view(now_ms));
        let begun = Practice::is_begun(&self.folder.join(PRACTICE));
        Screen::Home {
            practice_begun: begun || !practice.journeys.is_empty() || !practice.accounts.is_empty(),
            continues,
            accounts: accounts.collect(),
            notices: said,
            crash: self.crash_report(),
        }
    }
}
