use proptest::prelude::*;

use super::{
    Answers, Choice, Custom, Needed, Number, Of, Shown, Type, Value, When, Wrong, asked, circle, is_key,
    missing, read,
};
use crate::id::{CustomId, ServiceId};

fn custom(id: i64, holds: Type) -> Custom {
    let choices = ["Red", "Green", "Blue"].into_iter().zip(1..);
    Custom {
        id: CustomId(id),
        of: Of::Ticket,
        key: format!("key{id}"),
        name: format!("Field {id}"),
        help: String::new(),
        holds,
        services: Vec::new(),
        needed: Needed::Never,
        shown: Shown::Inside,
        choices: choices.map(|(name, id)| Choice { id, name: name.to_owned(), gone: false }).collect(),
        when: None,
        ended: false,
    }
}

fn when(id: i64, on: i64, is: &str) -> Custom {
    Custom { when: Some(When { field: CustomId(on), is: is.to_owned() }), ..custom(id, Type::Text) }
}

fn typed(custom: &Custom, texts: &[&str]) -> Result<Option<Value>, Wrong> {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    read(custom, &texts, None)
}

fn names(asked: &[&Custom]) -> Vec<i64> {
    asked.iter().map(|custom| custom.id.0).collect()
}

#[test]
fn what_was_typed_is_read_as_its_type_or_said_to_be_wrong() {
    let one = |holds, text: &str| typed(&custom(1, holds), &[text]);
    assert_eq!(one(Type::Text, "  "), Ok(None));
    assert_eq!(one(Type::Text, " a \n b "), Ok(Some(Value::Text("a b".to_owned()))));
    assert_eq!(one(Type::Number, "3,50"), Ok(Some(Value::Number(Number(3_500_000)))));
    assert!(matches!(one(Type::Number, "3.5.1"), Err(Wrong::NotANumber { .. })));
    assert!(matches!(one(Type::Date, "31.03.2026"), Err(Wrong::NotADate { .. })));
    assert_eq!(one(Type::YesNo, "No"), Ok(Some(Value::YesNo(false))));
    assert!(matches!(one(Type::YesNo, "perhaps"), Err(Wrong::NotYesOrNo { .. })));
    assert_eq!(one(Type::One, "green"), Ok(Some(Value::Choices([2].into()))));
    assert!(matches!(one(Type::One, "Mauve"), Err(Wrong::NoSuchChoice { .. })));
    assert_eq!(typed(&custom(1, Type::One), &["Red", "Blue"]), Err(Wrong::OnlyOne));
    let several = typed(&custom(1, Type::Several), &["Blue", "", "Red"]);
    assert_eq!(several, Ok(Some(Value::Choices([1, 3].into()))));
    let length = 201;
    assert_eq!(one(Type::Text, &"é".repeat(length)), Err(Wrong::TooLong { length, most: 200 }));
    assert!(one(Type::Long, &"é".repeat(length)).is_ok());
}

#[test]
fn a_choice_that_went_stays_where_it_was_chosen_and_is_chosen_nowhere_else() {
    let before = custom(1, Type::One);
    let lines = ["Blue".to_owned(), "White".to_owned(), "Red".to_owned()];
    let after = Custom { choices: before.with_choices(&lines), ..before };
    let kept: Vec<(u16, &str, bool)> =
        after.choices.iter().map(|choice| (choice.id, choice.name.as_str(), choice.gone)).collect();
    assert_eq!(kept, [(3, "Blue", false), (4, "White", false), (1, "Red", false), (2, "Green", true)]);
    let green = Value::Choices([2].into());
    assert_eq!(green.written(&after), ["Green"]);
    assert!(matches!(typed(&after, &["Green"]), Err(Wrong::NoSuchChoice { .. })));
    assert_eq!(read(&after, &["Green".to_owned()], Some(&green)), Ok(Some(green.clone())));
    let again = after.with_choices(&["Green".to_owned()]);
    assert_eq!((again[0].id, again[0].gone), (2, false), "it comes back as itself");
}

#[test]
fn a_field_is_asked_while_the_one_it_depends_on_is_asked_and_says_so() {
    let fields = [custom(1, Type::One), when(2, 1, "red"), when(3, 2, "")];
    let red = Value::Choices([1].into());
    let text = Value::Text("because".to_owned());
    let all = |answers: &[(i64, &Value)]| {
        let answers: Answers = answers.iter().map(|(id, value)| (CustomId(*id), (*value).clone())).collect();
        names(&asked(&fields, Of::Ticket, None, &answers))
    };
    assert_eq!(all(&[]), [1]);
    assert_eq!(all(&[(1, &red)]), [1, 2]);
    assert_eq!(all(&[(1, &red), (2, &text)]), [1, 2, 3]);
    assert_eq!(all(&[(2, &text)]), [1], "what is not asked itself asks for nothing");
    assert_eq!(all(&[(1, &Value::Choices([2].into())), (2, &text)]), [1]);
}

#[test]
fn a_field_of_some_services_is_asked_with_those_alone() {
    let field = Custom { services: vec![ServiceId(7)], ..custom(1, Type::Text) };
    assert!(field.is_for(Of::Ticket, Some(ServiceId(7))));
    assert!(!field.is_for(Of::Ticket, Some(ServiceId(8))));
    assert!(!field.is_for(Of::Person, Some(ServiceId(7))));
    let ended = Custom { ended: true, ..custom(2, Type::Text) };
    assert!(asked(&[ended], Of::Ticket, None, &Answers::new()).is_empty());
}

#[test]
fn fields_that_would_wait_for_each_other_are_found() {
    let fields = [custom(1, Type::Text), when(2, 1, ""), when(3, 2, "")];
    assert_eq!(circle(&fields, CustomId(1), CustomId(3)), ["Field 3", "Field 2", "Field 1"]);
    assert_eq!(circle(&fields, CustomId(1), CustomId(1)), ["Field 1"]);
    assert!(circle(&fields, CustomId(3), CustomId(1)).is_empty());
}

#[test]
fn only_what_is_asked_can_be_missing() {
    let needed = Custom { needed: Needed::Opening, ..when(2, 1, "Red") };
    let fields = [custom(1, Type::One), needed];
    let answers = |id: u16| Answers::from([(CustomId(1), Value::Choices([id].into()))]);
    let lacking =
        |answers: &Answers, at| names(&missing(&asked(&fields, Of::Ticket, None, answers), answers, at));
    assert_eq!(lacking(&answers(1), Needed::Opening), [2]);
    assert!(lacking(&answers(1), Needed::Solving).is_empty());
    assert!(lacking(&answers(2), Needed::Opening).is_empty());
}

#[test]
fn keys_are_small_and_plain() {
    for key in ["a", "serial-no", "order_2"] {
        assert!(is_key(key), "{key}");
    }
    for key in ["", "1a", "Key", "a b", "a.b", "ä", &"a".repeat(31)] {
        assert!(!is_key(key), "{key}");
    }
}

proptest! {
    #[test]
    fn a_number_is_written_as_it_is_read(parts in -9_000_000_000_000_000_000_i64..9_000_000_000_000_000_000) {
        let number = Number(parts);
        prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
    }

    #[test]
    fn a_day_is_kept_and_comes_back(days in -700_000_i64..2_000_000) {
        let columns = [super::Column { number: Some(days), ..super::Column::default() }];
        let value = Value::kept(Type::Date, &columns).unwrap();
        prop_assert_eq!(value.columns(Type::Date), columns);
    }

    #[test]
    fn nothing_that_is_typed_breaks_anything(text in any::<String>(), place in 0..Type::ALL.len()) {
        let field = custom(1, Type::ALL[place]);
        if let Ok(Some(value)) = typed(&field, &[&text]) {
            let columns = value.columns(field.holds);
            prop_assert_eq!(Value::kept(field.holds, &columns), Some(value));
        }
    }
}
