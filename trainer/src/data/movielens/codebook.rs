//! The meaning of the codes in `users.dat`, as text for a signup page.

/// Return the text of a gender code.
pub fn gender(code: &str) -> Option<&'static str> {
    find(&[("F", "female"), ("M", "male")], code)
}

/// Return the text of an age code, in years.
pub fn age(code: &str) -> Option<&'static str> {
    const AGES: [(&str, &str); 7] = [
        ("1", "under 18"),
        ("18", "18–24"),
        ("25", "25–34"),
        ("35", "35–44"),
        ("45", "45–49"),
        ("50", "50–55"),
        ("56", "56 and over"),
    ];
    find(&AGES, code)
}

/// Return the text of an occupation code, 0 to 20.
pub fn occupation(code: &str) -> Option<&'static str> {
    const OCCUPATIONS: [&str; 21] = [
        "other or not specified",
        "academic or educator",
        "artist",
        "clerical or admin",
        "college or graduate student",
        "customer service",
        "doctor or health care",
        "executive or managerial",
        "farmer",
        "homemaker",
        "school student",
        "lawyer",
        "programmer",
        "retired",
        "sales or marketing",
        "scientist",
        "self-employed",
        "technician or engineer",
        "tradesman or craftsman",
        "unemployed",
        "writer",
    ];
    let number: usize = code.parse().ok()?;
    OCCUPATIONS.get(number).copied()
}

fn find(words: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    words.iter().find(|(known, _)| *known == code).map(|&(_, word)| word)
}
