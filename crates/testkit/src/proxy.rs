//! A way to a server that can die without a word: nothing comes through any more, and nobody is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub struct Proxy {
    pub port: u16,
    frozen: watch::Sender<()>,
    connections: Arc<AtomicUsize>,
}

impl Proxy {
    /// A way to a port of this machine.
    ///
    /// # Panics
    /// When nothing can be listened to here.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let own = listener.local_addr().expect("an address").port();
        let (frozen, _) = watch::channel(());
        let connections = Arc::new(AtomicUsize::new(0));
        let (told, counted) = (frozen.clone(), Arc::clone(&connections));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(pass(near, port, told.subscribe()));
            }
        });
        Self { port: own, frozen, connections }
    }

    /// The connections that there are now stay open for ever, and carry nothing; later ones are not touched.
    pub fn freeze(&self) {
        self.frozen.send_replace(());
    }

    /// How many there were.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }
}

async fn pass(mut near: TcpStream, port: u16, mut frozen: watch::Receiver<()>) {
    let Ok(mut far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
        // Both ends are held, so that neither hears that the other is gone.
        Ok(()) = frozen.changed() => std::future::pending().await,
    }
}
