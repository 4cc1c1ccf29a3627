//! Filters by links: what somebody could not list is at no end of any link, whatever is asked.

use domain::link::Link;

use crate::canary::word;
use crate::site::Site;
use crate::texts::{HANA, KIM};
use crate::world::{UNKNOWN, World};

#[test]
fn a_filter_by_links_tells_of_no_hidden_end() {
    let world = World::new();
    let (own, upstream) = (world.number("own"), world.number("upstream"));
    // Hana serves where the one lies, and the other one is her own.
    let kim = world.actor(KIM).person.unwrap();
    world
        .desk
        .act(kim, move |act, viewer| {
            let seen = store::access::by_number(act.tx, viewer, upstream, act.now)?.unwrap();
            desk::link::add(act, viewer, seen.serve().unwrap(), Link::DuplicateOf, own)
        })
        .unwrap();
    let site = Site::new(&world);
    let subject = word("upstream subject");
    let lists = |name: &str, filter: &str| {
        site.get(world.actor(name), &format!("/views?q=from:mo+{filter}")).body.contains(&subject)
    };
    let about = format!("linked:{own}");
    for filter in ["linked:any", "linked:duplicate-of", "-linked:none", &about] {
        assert!(lists(KIM, filter), "Kim reads both ends: {filter}");
        assert!(!lists(HANA, filter), "Hana reads one of them: {filter}");
    }
    for filter in ["linked:none", "-linked:any", "-linked:duplicate-of", &format!("-{about}")] {
        assert!(!lists(KIM, filter), "{filter}");
        assert!(lists(HANA, filter), "{filter}");
    }
    // A ticket that is not there and one that is hidden are asked for alike.
    let pages = [own, UNKNOWN].map(|number| {
        let body = site.get(world.actor(HANA), &format!("/views?q=linked:{number}")).body;
        body.replace(&number.to_string(), "N")
    });
    let told = |page: &str| ["faults", "external", "upstream"].map(|word| page.contains(word));
    assert_eq!(told(&pages[0]), told(&pages[1]));
    let secret = world.number("secret");
    for actor in world.actors.iter().filter(|actor| actor.person.is_some()) {
        let page = site.get(actor, &format!("/views?q=linked:{secret}"));
        assert!(!page.body.contains(&subject), "{}", actor.name);
    }
}
