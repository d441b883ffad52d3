// The items, the model and the features of the example in `src/lib.rs`, for the examples of single types.
{
    use fewclicks_model::{Architecture, Field, Item, Items, Layout, LocalUpdate, Model, Rows, Scale};

    let dishes = ["ramen", "pho", "tiramisu", "brownie"];
    let dishes = dishes.map(|id| Item { id: id.into(), title: id.to_uppercase(), ..Item::default() });
    let layout = Layout::new(Architecture {
        item_fields: vec![Field::new("course", 3, 2)],
        user_fields: Vec::new(),
        hidden: Vec::new(),
        linear: true,
        item_bias: None,
        implicit: None,
    })
    .expect("a valid architecture");
    let model = Model {
        layout,
        theta: vec![0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 3.0, 3.0],
        rates: vec![0.0, 0.0],
        update: LocalUpdate::Ridge,
        scale: Scale { min: 1.0, max: 5.0, like: 5.0, dislike: 1.0 },
        readout: None,
    };
    let courses: Rows = [&[1][..], &[1], &[2], &[2]].into_iter().collect();
    (dishes, model, Items { fields: vec![courses], bias: vec![0, 1, 2, 3] })
}
