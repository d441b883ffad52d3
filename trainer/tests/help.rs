//! The help of every command has examples, and they are valid command lines.

use clap::{Command, CommandFactory, Parser};
use trainer::commands::cli::Cli;

#[test]
fn every_commands_help_has_examples_of_it() {
    for command in Cli::command().get_subcommands_mut() {
        let words = format!("trainer {} ", command.get_name());
        let help = command.render_long_help().to_string();
        assert!(help.contains("Example"), "trainer {} --help has no example:\n{help}", command.get_name());
        assert!(examples(command).iter().any(|example| example.starts_with(&words)), "no `{words}…` in:\n{help}");
    }
}

#[test]
fn every_example_is_a_command_line_that_is_understood() {
    let cli = Cli::command();
    for example in std::iter::once(&cli).chain(cli.get_subcommands()).flat_map(examples) {
        let words = example.split_whitespace().take_while(|&word| word != ">");
        if let Err(error) = Cli::try_parse_from(words) {
            panic!("{example}\n{error}");
        }
    }
}

/// Return the lines below the options that begin with `trainer`, each up to its remark, which follows several spaces.
/// They are taken before a terminal would wrap them.
fn examples(command: &Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let lines = help.lines().filter_map(|line| line.strip_prefix("  ").filter(|line| line.starts_with("trainer ")));
    lines.map(|line| line.split("   ").next().unwrap_or(line).to_owned()).collect()
}
