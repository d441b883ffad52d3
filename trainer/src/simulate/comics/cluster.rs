//! Clusters of tags: kinds of comic, with the words of their titles.

pub struct Cluster {
    /// Relative frequency with readers, by age band of [`super::reader::AGES`]; with authors it is that of the middle
    /// band.
    pub shares: [f64; 5],
    /// Tags, the most common first.
    pub tags: [&'static str; TAGS_EACH],
    /// Nouns of titles; an s makes their plural.
    pub nouns: &'static str,
    /// Patterns of titles, in addition to those of [`super::words`].
    pub titles: [&'static str; 3],
}

const TAGS_EACH: usize = 5;
pub const TAGS: usize = TAGS_EACH * CLUSTERS.len();

/// Return the tags of a cluster, as numbers below [`TAGS`].
pub fn tags(cluster: usize) -> std::ops::Range<usize> {
    cluster * TAGS_EACH..(cluster + 1) * TAGS_EACH
}

pub fn tag_name(tag: usize) -> &'static str {
    CLUSTERS[tag / TAGS_EACH].tags[tag % TAGS_EACH]
}

/// Return one of the two neighbours of a cluster: the clusters form a ring.
pub fn neighbour(cluster: usize, after: bool) -> usize {
    (cluster + if after { 1 } else { CLUSTERS.len() - 1 }) % CLUSTERS.len()
}

pub const CLUSTERS: [Cluster; 12] = [
    Cluster {
        shares: [19.6, 18.2, 14.0, 11.2, 8.4],
        tags: ["fantasy", "magic", "dragons", "quest", "mythology"],
        nouns: "Wyvern Griffin Rune Oracle Lantern Warden Cauldron Goblin Scepter Hedgewizard Amulet Thicket",
        titles: ["Runes over {place}", "The {adjective} Grimoire", "{name} Keeps a Wyvern"],
    },
    Cluster {
        shares: [12.0, 9.6, 8.0, 6.4, 4.8],
        tags: ["action", "adventure", "martial arts", "pirates", "heist"],
        nouns: "Compass Corsair Cutlass Caravan Getaway Harpoon Rival Skyship Summit Vault Stowaway Cannon",
        titles: ["Corsairs of {place}", "{name} Cracks the {place} Vault", "Seven Bruises for {name}"],
    },
    Cluster {
        shares: [11.2, 8.4, 7.0, 5.6, 2.8],
        tags: ["superheroes", "villains", "secret identity", "sidekicks", "mutants"],
        nouns: "Cape Sidekick Archrival Mask Rooftop Gadget Lair Vigilante Minion Siren Disguise",
        titles: ["{name} Irons the Cape", "Masks of {place}", "The {adjective} Sidekick Agency"],
    },
    Cluster {
        shares: [8.0, 11.0, 12.0, 11.0, 10.0],
        tags: ["science fiction", "space", "robots", "time travel", "post-apocalyptic"],
        nouns: "Android Nebula Airlock Orbit Satellite Beacon Paradox Reactor Starport Comet Terraformer Antenna",
        titles: ["{adjective} {noun} Protocol", "Airlock {number}", "Orbits of {place}"],
    },
    Cluster {
        shares: [3.5, 7.0, 10.5, 9.1, 5.6],
        tags: ["technology", "games", "science", "office", "academia"],
        nouns: "Compiler Semicolon Printer Spreadsheet Postdoc Deadline Keyboard Dungeon Beaker Footnote Meeting Robot",
        titles: ["{noun} Not Found", "{name} Reboots {place}", "Peer Review for {noun}s"],
    },
    Cluster {
        shares: [12.6, 15.4, 15.4, 14.0, 12.6],
        tags: ["comedy", "gag strip", "satire", "absurd", "parody"],
        nouns: "Pickle Walrus Sock Trombone Pigeon Noodle Umbrella Teapot Moose Waffle Accordion Turnip",
        titles: ["Mostly {name}", "{noun}s Explained Badly", "Ask the {adjective} {noun}"],
    },
    Cluster {
        shares: [5.5, 8.8, 12.1, 15.4, 14.3],
        tags: ["slice of life", "family", "pets", "cooking", "small town"],
        nouns: "Kettle Kitten Bakery Garden Sofa Dumpling Neighbour Laundromat Hedgehog Grandmother Bicycle Toaster",
        titles: ["Tuesdays in {place}", "{name} Makes Soup", "Three Cats and {name}"],
    },
    Cluster {
        shares: [16.0, 10.4, 5.6, 4.0, 3.2],
        tags: ["coming of age", "school", "friendship", "music", "sports"],
        nouns: "Locker Drumkit Goalkeeper Homeroom Mixtape Sleepover Treehouse Rehearsal Notebook Skateboard Bandroom",
        titles: ["{place} Homeroom", "{name} on Drums", "Last Bus from {place}"],
    },
    Cluster {
        shares: [14.4, 15.6, 13.2, 10.8, 9.6],
        tags: ["romance", "slow burn", "first love", "LGBTQ+", "found family"],
        nouns: "Bouquet Postcard Waltz Heartbeat Confession Balcony Lighthouse Ribbon Serenade Blossom Valentine",
        titles: ["Yours Sincerely, {name}", "{name} Misses {place}", "Postcards to {place}"],
    },
    Cluster {
        shares: [2.8, 4.9, 7.0, 9.1, 14.0],
        tags: ["drama", "historical", "war", "travel", "biography"],
        nouns: "Atlas Regiment Harbour Orchard Telegraph Cartographer Railway Garrison Archive Voyage Envoy Mill",
        titles: ["The Road to {place}", "{place}, Before the Flood", "The Cartographers of {place}"],
    },
    Cluster {
        shares: [4.8, 7.2, 8.8, 9.6, 11.2],
        tags: ["mystery", "crime", "detective", "noir", "conspiracy"],
        nouns: "Cipher Alibi Suspect Ledger Informant Fingerprint Witness Keyhole Typewriter Overcoat Clue Inspector",
        titles: ["The {place} Alibi", "Who Followed {name}?", "{name} Investigates {place}"],
    },
    Cluster {
        shares: [9.0, 14.0, 11.0, 9.0, 6.0],
        tags: ["horror", "supernatural", "ghosts", "vampires", "folklore"],
        nouns: "Crypt Phantom Scarecrow Cellar Raven Séance Moth Gravedigger Mirror Banshee Attic Poltergeist",
        titles: ["Whispers in {place}", "Beneath the {place} Cellar", "{name} Hears the Attic"],
    },
];
