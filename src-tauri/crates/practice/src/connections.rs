//! The open connections of a listener, limited in number. At the limit, a new connection replaces
//! the one that has been idle longest.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// The connections of one listener.
#[derive(Clone, Debug)]
pub(super) struct Connections {
    most: usize,
    open: Arc<Mutex<Open>>,
    freed: Arc<Notify>,
}

#[derive(Debug, Default)]
struct Open {
    /// An event counter, used instead of a clock.
    events: u64,
    entries: HashMap<u64, Entry>,
}

#[derive(Debug)]
struct Entry {
    /// The number of the connection's last event.
    last: u64,
    /// Whether it has carried anything that its service understood.
    known: bool,
    busy: bool,
    evicted: CancellationToken,
}

/// One connection's slot, freed on drop.
#[derive(Debug)]
pub(super) struct Place {
    number: u64,
    connections: Connections,
    evicted: CancellationToken,
}

/// Marks a connection as busy, which keeps its slot, until this is dropped.
#[derive(Debug)]
pub(super) struct Busy<'a>(&'a Place);

impl Connections {
    /// Makes a table of at most `most` connections.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            open: Arc::default(),
            freed: Arc::default(),
        }
    }

    /// Takes a slot for a new connection, waiting only if all others are busy. Connections that
    /// never carried anything useful are evicted first.
    pub(super) async fn place(&self) -> Place {
        loop {
            let freed = self.freed.notified();
            if let Some(place) = self.try_place() {
                return place;
            }
            freed.await;
        }
    }

    fn try_place(&self) -> Option<Place> {
        let mut open = self.open();
        if open.entries.len() >= self.most {
            let idle = open.entries.iter().filter(|(_, entry)| !entry.busy);
            let (number, _) = idle.min_by_key(|(_, entry)| (entry.known, entry.last))?;
            let number = *number;
            let entry = open.entries.remove(&number)?;
            entry.evicted.cancel();
        }
        let number = open.next();
        let evicted = CancellationToken::new();
        let entry = Entry {
            last: number,
            known: false,
            busy: false,
            evicted: evicted.clone(),
        };
        open.entries.insert(number, entry);
        Some(Place {
            number,
            connections: self.clone(),
            evicted,
        })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock()
    }
}

impl Open {
    fn next(&mut self) -> u64 {
        self.events += 1;
        self.events
    }
}

impl Place {
    /// Completes when the connection is evicted for another one.
    pub(super) async fn evicted(&self) {
        self.evicted.cancelled().await;
    }

    /// Called when the service understood a request. The connection keeps its slot until the
    /// response is dropped.
    pub(super) fn busy(&self) -> Busy<'_> {
        self.mark(true);
        Busy(self)
    }

    fn mark(&self, busy: bool) {
        let mut open = self.connections.open();
        let last = open.next();
        if let Some(entry) = open.entries.get_mut(&self.number) {
            (entry.last, entry.known, entry.busy) = (last, true, busy);
        }
        drop(open);
        if !busy {
            self.connections.freed.notify_one();
        }
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.mark(false);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.open().entries.remove(&self.number);
        self.connections.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future as _;
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    #[tokio::test]
    async fn connection_idle_longest_makes_room() {
        let connections = Connections::new(2);
        let first = connections.place().await;
        let second = connections.place().await;
        drop(first.busy());
        drop(second.busy());
        drop(first.busy());

        let third = connections.place().await;

        assert!(second.evicted.is_cancelled());
        assert!(!first.evicted.is_cancelled() && !third.evicted.is_cancelled());
    }

    #[tokio::test]
    async fn connection_that_said_nothing_goes_first() {
        let connections = Connections::new(2);
        let known = connections.place().await;
        drop(known.busy());
        let unknown = connections.place().await;

        let _third = connections.place().await;
        let _fourth = connections.place().await;

        assert!(unknown.evicted.is_cancelled());
        assert!(!known.evicted.is_cancelled());
    }

    #[tokio::test]
    async fn busy_connections_are_waited_for() {
        let connections = Connections::new(1);
        let first = connections.place().await;
        let busy = first.busy();
        let mut second = pin!(connections.place());
        let mut context = Context::from_waker(Waker::noop());
        assert!(second.as_mut().poll(&mut context).is_pending());

        drop(busy);
        let _second = second.await;

        assert!(first.evicted.is_cancelled());
    }

    #[tokio::test]
    async fn closed_connections_free_their_places() {
        let connections = Connections::new(1);
        let first = connections.place().await;
        let busy = first.busy();
        assert!(connections.try_place().is_none());

        drop(busy);
        drop(first);

        assert!(connections.open().entries.is_empty());
        assert!(connections.try_place().is_some());
    }
}
