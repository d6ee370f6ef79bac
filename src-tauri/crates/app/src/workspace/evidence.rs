//! The evidence page for a ticket, about whatever is open or recorded.

use registrar_activity::{Query, Record, Tone, clock};
use registrar_evidence::{self as evidence, Machine, Sheet};
use registrar_explain::Verdict;

use super::{Workspace, activity};
use crate::Error;
use crate::ipc::EvidenceOf;

/// Most exchanges of one page.
const MOST: usize = 500;
/// Most causes of a failure.
const MOST_CAUSES: usize = 20;

impl Workspace {
    /// Makes a page of evidence: its usual name and its bytes.
    pub async fn evidence(
        &self,
        of: EvidenceOf,
        machine: &Machine,
    ) -> Result<(String, Vec<u8>), Error> {
        let now = clock::now_ms();
        let begin = |subject: &str, title: &str| Sheet::begin(subject, title, now, machine);
        let sheet = match of {
            EvidenceOf::Credential { id } => {
                let desk = self.desk()?;
                let mut sheet = desk.evidence(id, &begin)?;
                let query = Query {
                    find: sheet.subject.clone(),
                    practice: Some(desk.is_practice()),
                    account: (!desk.is_practice()).then(|| desk.account().id.clone()),
                    ..Query::default()
                };
                sheet.records(&self.newest(query).await?);
                sheet
            }
            EvidenceOf::Exchanges { ids } => {
                let mut sheet = begin("activity", "Selected activity");
                let records = self.chosen(ids).await?;
                self.name_accounts(&mut sheet, &records)?;
                sheet.records(&records);
                sheet
            }
            EvidenceOf::Failed {
                since,
                sentence,
                mut causes,
                next,
            } => {
                let mut sheet = begin("failure", "What failed");
                let since = activity::id(since);
                let mut records = self.newest(Query::default()).await?;
                records.retain(|record| record.head.at >= since);
                self.name_accounts(&mut sheet, &records)?;
                causes.truncate(MOST_CAUSES);
                let told = Verdict {
                    tone: Tone::Bad,
                    sentence,
                    causes,
                    next: Some(next),
                    recovery_options: Vec::new(),
                };
                sheet.finding("Result", &told, &[]);
                sheet.records(&records);
                sheet
            }
            EvidenceOf::Found { query } => {
                let mut sheet = begin("activity", "Sent and received");
                sheet.fact("Search", &query.find);
                let records = self.newest(activity::read(query)).await?;
                self.name_accounts(&mut sheet, &records)?;
                sheet.records(&records);
                sheet
            }
            EvidenceOf::Open => match self.standalone_check() {
                Ok(standalone_check) => standalone_check.evidence(&begin),
                Err(_) => self.journey_session()?.evidence(&begin),
            },
        };
        Ok(evidence::page(&sheet))
    }

    async fn newest(&self, query: Query) -> Result<Vec<Record>, Error> {
        self.with_log(move |log| log.newest(&query, MOST)).await
    }

    async fn chosen(&self, ids: Vec<f64>) -> Result<Vec<Record>, Error> {
        let mut ids: Vec<u64> = ids.into_iter().map(activity::id).collect();
        ids.sort_unstable_by(|one, other| other.cmp(one));
        ids.truncate(MOST);
        let read = move |log: &registrar_activity::Log| {
            let records: Result<Vec<_>, registrar_activity::Error> =
                ids.iter().map(|id| log.read(*id)).collect();
            Ok(records?.into_iter().flatten().collect())
        };
        self.with_log(read).await
    }

    /// Says whose exchanges are on the page.
    fn name_accounts(&self, sheet: &mut Sheet, records: &[Record]) -> Result<(), Error> {
        let known = self.saved_accounts()?;
        for account in known {
            let is_of = |record: &Record| record.head.account.as_ref() == Some(&account.id);
            if records.iter().any(is_of) {
                let value = format!("{}, {}", account.name, account.number);
                sheet.fact("Account", &value);
            }
        }
        Ok(())
    }
}
