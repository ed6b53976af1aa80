extension SemanticFields {
  /// What is eaten and drunk.
  static let food: StaticString = """
    food dish meal cuisine recipe: pasta pizza rice bread soup salad sandwich burger steak chicken beef \
      pork fish sushi curry noodle ramen taco burrito stew roast lasagna spaghetti risotto omelette \
      pancake dumpling kimchi bibimbap bulgogi tofu cheese egg sausage bacon ham fries pie casserole \
      paella kebab falafel hummus lentil bean chili barbecue shrimp salmon quiche gnocchi pho dessert \
      cake lunch dinner breakfast
    mealtime: breakfast brunch lunch dinner supper snack picnic buffet barbecue potluck takeout
    fruit berry: apple banana orange grape strawberry blueberry raspberry blackberry cherry peach pear \
      plum apricot mango pineapple papaya kiwi lemon lime grapefruit tangerine mandarin watermelon melon \
      cantaloupe pomegranate fig date coconut avocado lychee guava persimmon cranberry nectarine
    vegetable veggie veg greens produce: carrot potato tomato onion garlic cucumber lettuce spinach \
      cabbage broccoli cauliflower pepper eggplant aubergine zucchini courgette pumpkin squash corn pea \
      bean beet radish turnip celery asparagus mushroom kale leek artichoke okra ginger yam sweetcorn \
      arugula
    meat protein poultry_meat: beef pork chicken lamb turkey duck bacon ham sausage steak veal venison \
      mutton ribs meatball salami tofu tempeh egg
    dessert sweet treat pastry: cake pie cookie brownie icecream cream chocolate pudding tart doughnut \
      donut muffin cupcake cheesecake tiramisu macaron candy caramel custard jelly gelato sorbet \
      croissant eclair waffle pancake fudge biscuit mochi sundae scone meringue baklava
    baked_goods baking bakery: bread cake cookie pie muffin croissant bagel baguette sourdough bun roll \
      pastry cupcake brownie scone biscuit tart loaf
    drink beverage: water coffee tea juice milk soda cola lemonade beer wine whiskey vodka rum gin \
      cocktail champagne smoothie latte espresso cappuccino chocolate cider sake soju kombucha matcha \
      americano mocha tequila brandy milkshake chai
    alcohol liquor booze spirits: beer wine whiskey whisky vodka rum gin tequila brandy champagne \
      cocktail cider sake soju makgeolli bourbon margarita martini mojito lager ale stout
    coffee: espresso latte cappuccino americano mocha macchiato decaf brew
    dairy: milk cheese butter yogurt yoghurt cream ghee
    cheese: cheddar mozzarella brie parmesan gouda feta camembert ricotta
    spice herb condiment: salt pepper cinnamon cumin paprika turmeric ginger garlic basil oregano thyme \
      rosemary parsley cilantro coriander mint saffron nutmeg clove vanilla mustard ketchup mayonnaise \
      vinegar soy sauce chili sage dill
    ingredient: flour sugar salt butter egg milk oil yeast cream chocolate vanilla garlic onion cheese \
      rice honey
    snack: chips crisps popcorn nut cracker pretzel cookie fruit chocolate candy granola yogurt
    nut: almond walnut peanut cashew pistachio hazelnut pecan chestnut macadamia
    diet eating_habit dietary: vegan vegetarian keto paleo gluten pescatarian halal kosher fasting \
      carnivore calorie sugar dairy
    grain cereal: rice wheat oat barley corn quinoa rye millet oatmeal
    cookware kitchenware utensil appliance: pan pot oven stove microwave blender toaster kettle fridge \
      refrigerator freezer dishwasher mixer knife fork spoon plate bowl cup mug wok skillet grill dryer \
      washer vacuum iron airfryer
    """
}
