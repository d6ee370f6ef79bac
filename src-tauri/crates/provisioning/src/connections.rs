//! The open connections, limited in number: at the limit, a new one replaces the oldest.

use std::collections::VecDeque;

use tokio::task::{AbortHandle, JoinSet};

/// Maximum number of connections at once. A phone needs one.
const MOST: usize = 16;

/// Connections that are served side by side until this is dropped.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    tasks: JoinSet<()>,
    oldest_first: VecDeque<AbortHandle>,
}

impl Connections {
    /// Serves a connection.
    pub(crate) fn add(&mut self, connection: impl Future<Output = ()> + Send + 'static) {
        while self.tasks.try_join_next().is_some() {}
        self.oldest_first.retain(|task| !task.is_finished());
        while self.oldest_first.len() >= MOST {
            if let Some(oldest) = self.oldest_first.pop_front() {
                oldest.abort();
            }
        }
        self.oldest_first.push_back(self.tasks.spawn(connection));
    }

    /// Waits until all are served.
    pub(crate) async fn finish(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}
