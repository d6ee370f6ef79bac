use super::*;

mod refused {
    use super::*;

    #[test]
    fn a_command_that_is_not_async_is_refused() {
        let told = refusal("/// Saves.\n#[command]\nfn save() -> Result<(), Failure> {}");

        let expected = "src-tauri/src/commands/a.rs: 'save' isn't async, so it can't be a command.";
        assert_eq!(told, [expected]);
    }

    #[test]
    fn two_commands_of_one_name_are_refused() {
        let home = "/// Opens Home.\n#[command]\nasync fn home() -> Result<Screen, Failure> {}";
        let sources = [
            source("src/commands/a.rs", home),
            source("src/commands/b.rs", home),
        ];

        let told = read::commands(&sources, &types()).unwrap_err();

        let both = "src-tauri/src/commands/a.rs and src-tauri/src/commands/b.rs";
        assert_eq!(told, [format!("{both}: each has a command 'home'.")]);
    }

    #[test]
    fn an_argument_that_does_not_cross_is_refused() {
        let told = refusal(
            "/// Saves.\n#[command]\nasync fn save(req: &[PathBuf]) -> Result<(), Failure> {}",
        );

        assert!(told[0].ends_with("takes &[PathBuf] as 'req', which isn't in ui/ipc/types.d.ts."));
    }

    #[test]
    fn messages_and_answers_that_do_not_cross_are_refused() {
        let told = refusal(
            "/// Loads.\n#[command]\n\
             async fn load(progress: Channel<Row>) -> Result<(), Failure> {}\n\
             /// Lists.\n#[command]\n\
             async fn list() -> Result<Vec<Row>, Failure> {}",
        );

        assert!(
            told[0].contains("'load' takes Row as 'progress'"),
            "{told:?}"
        );
        assert!(told[1].contains("'list' returns Row"), "{told:?}");
    }

    #[test]
    fn an_answer_that_cannot_fail_is_refused() {
        let told = refusal("/// Opens.\n#[command]\nasync fn open() -> Screen {}");

        assert!(told[0].contains("'open' returns no Result"), "{told:?}");
    }

    #[test]
    fn tauris_own_attribute_is_refused() {
        let told =
            refusal("/// Opens.\n#[tauri::command]\nasync fn open() -> Result<(), Failure> {}");

        assert!(
            told[0].contains("'open' has another attribute than #[command]"),
            "{told:?}"
        );
    }

    #[test]
    fn a_command_without_documentation_is_refused() {
        let told = refusal("#[command]\nasync fn open() -> Result<(), Failure> {}");

        assert!(told[0].contains("'open' has no documentation"), "{told:?}");
    }

    #[test]
    fn a_command_is_in_a_file_beside_the_others() {
        let open = "/// Opens.\n#[command]\nasync fn open() -> Result<(), Failure> {}";

        for path in ["src/commands/mod.rs", "src/commands/desk/rows.rs"] {
            let told = read::commands(&[source(path, open)], &types()).unwrap_err();

            assert!(told[0].contains("has to be in a file beside"), "{told:?}");
        }
    }

    #[test]
    fn every_problem_is_told_with_its_file() {
        let sources = [
            source("src/commands/a.rs", "fn ("),
            source("src/commands/b.rs", "fn ("),
        ];

        let told = read::commands(&sources, &types()).unwrap_err();

        assert_eq!(told.len(), 2);
        assert!(
            told[1].starts_with("src-tauri/src/commands/b.rs isn't Rust"),
            "{told:?}"
        );
    }

    fn refusal(text: &str) -> Vec<String> {
        read::commands(&[source("src/commands/a.rs", text)], &types()).unwrap_err()
    }
}

mod derived {
    use super::*;

    #[test]
    fn a_command_is_listed_by_its_module() {
        assert!(handlers::text(&desk()).contains("commands![\n    desk::open_desk,\n"));
    }

    #[test]
    fn a_command_is_granted_to_its_window_by_its_name() {
        let mut commands = desk();
        commands.last_mut().unwrap().module = "trainer".to_owned();
        let moved = format!("allow-{}", commands.last().unwrap().name.replace('_', "-"));
        let granted = |window| -> serde_json::Value {
            serde_json::from_str(&capability::text(&commands, window)).unwrap()
        };

        let (main, trainer) = (granted(Window::Main), granted(Window::Trainer));

        let is_of_main = |name: &str| {
            main["permissions"]
                .as_array()
                .unwrap()
                .contains(&name.into())
        };
        assert!(
            is_of_main("allow-open-desk") && !is_of_main(&moved),
            "{main}"
        );
        assert_eq!(main["windows"], serde_json::json!(["main"]));
        assert_eq!(trainer["permissions"], serde_json::json!([moved]));
        assert_eq!(trainer["windows"], serde_json::json!(["trainer"]));
    }

    #[test]
    fn a_request_with_an_operation_is_canceled_by_a_signal() {
        assert_written(
            "\
/**
 * Opens the desk of an account.
 *
 * @param {Omit<Wire.OpenDesk, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const openDesk = (req, signal) =>
  cancellable(signal, (operation) => call('open_desk', { req: { operation, ...req } }))
",
        );
    }

    #[test]
    fn a_request_that_is_only_an_operation_is_the_signal() {
        assert_written(
            "\
 * @param {(message: Wire.DeskState) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskState>}
 */
export const loadDesk = (onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('load_desk', { req: { operation }, progress: channel(onProgress) }))
",
        );
    }

    #[test]
    fn a_channel_without_an_answer_is_heard_after_it() {
        assert_written(
            "\
 * @param {(message: string) => void} onProgress
 * @returns {Promise<void>}
 */
export const follow = (onProgress) => call('follow', { progress: channel(onProgress) })
",
        );
    }

    #[test]
    fn what_may_be_nothing_is_null() {
        assert_written(
            "\
 * @param {Wire.ListRows} req
 * @returns {Promise<Array<string> | null>}
 */
export const rows = (req) => call('rows', { req })
",
        );
    }

    #[test]
    fn a_file_that_was_changed_by_hand_is_found() {
        let folder = std::env::temp_dir().join(format!("commands-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("same"), "derived").unwrap();
        fs::write(folder.join("changed"), "by hand").unwrap();
        let derived = ["same", "changed", "gone"].map(|path| (path, "derived".to_owned()));

        let told = differences(&folder, &derived);

        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(told.len(), 2);
        assert!(
            told[0].starts_with("changed doesn't fit the commands"),
            "{told:?}"
        );
        assert!(
            told[1].starts_with("gone doesn't fit the commands"),
            "{told:?}"
        );
    }

    #[test]
    fn a_word_is_not_a_part_of_another() {
        assert!(window::has_word("await ipc.save(file)", "save"));
        assert!(!window::has_word("saveAll(unsaved, save_as)", "save"));
    }

    fn assert_written(expected: &str) {
        let written = window::text(&desk(), Window::Main);
        assert!(written.contains(expected), "{written}");
    }

    fn desk() -> Vec<Command> {
        let text = "\
            /// Opens the desk\n/// of an account.\n///\n/// Not in the window.\n#[command]\n\
            async fn open_desk(app: State<'_, App>, req: ipc::OpenDesk) -> Result<Screen, Failure> {}\n\
            /// Loads.\n#[command]\n\
            async fn load_desk(req: LoadDesk, progress: Channel<DeskState>) -> Result<DeskState, Failure> {}\n\
            /// Tells.\n#[command]\n\
            async fn follow(progress: Channel<String>) -> Result<(), Failure> {}\n\
            /// Lists.\n#[command]\n\
            async fn rows<R: Runtime>(window: tauri::Window<R>, req: ListRows) -> Result<Option<Vec<String>>, Failure> {}\n\
            fn helper() {}\n";
        read::commands(&[source("src/commands/desk.rs", text)], &types()).unwrap()
    }
}

#[test]
fn the_committed_types_are_understood() {
    let types = Types::parse(&text(&workspace().join(TYPES)).unwrap());

    assert_eq!(types.shape("Wire.LoadDesk"), types::Shape::Operation);
    assert_eq!(types.shape("Wire.OpenDesk"), types::Shape::Cancelable);
    assert_eq!(types.shape("Wire.Copy"), types::Shape::Plain);
}

fn source(path: &str, text: &str) -> Source {
    Source {
        path: format!("src-tauri/{path}"),
        text: text.to_owned(),
    }
}

fn types() -> Types {
    Types::parse(
        "// Written.\n\
         \nexport type DeskState = { \n/**\n * How many.\n */\nloaded: number, };\n\
         \n/**\n * Loads.\n */\nexport type LoadDesk = { \n/**\n * Its number.\n */\noperation: number, };\n\
         \nexport type ListRows = { from: number, };\n\
         \nexport type OpenDesk = { \n/**\n * Its number.\n */\noperation: number, \naccount: string, };\n\
         \nexport type Screen = \"home\" | \"desk\";\n",
    )
}
