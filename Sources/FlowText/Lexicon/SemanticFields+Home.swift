extension SemanticFields {
  /// What people wear, own, live in and use.
  static let home: StaticString = """
    clothes outfit garment apparel attire: shirt tshirt blouse sweater jumper cardigan hoodie jacket coat \
      dress skirt pants trousers jeans shorts suit tie scarf glove hat cap sock underwear bra pajamas \
      swimsuit bikini uniform vest leggings gown tuxedo kimono hanbok belt shoe boot costume apron \
      raincoat
    shoe footwear: sneaker boot sandal heel slipper trainer loafer flipflop moccasin clog stiletto
    accessory: belt scarf hat glove bag purse handbag wallet watch sunglasses tie umbrella backpack \
      jewelry earring necklace
    jewelry jewellery: ring necklace bracelet earring brooch pendant watch chain anklet locket diamond \
      pearl gold silver
    furniture furnishing: chair table sofa couch bed desk bookshelf bookcase shelf wardrobe dresser \
      cabinet drawer armchair stool bench mattress lamp rug carpet crib ottoman nightstand recliner \
      cupboard
    room: kitchen bedroom bathroom livingroom lounge office study attic basement garage hallway balcony \
      nursery laundry pantry closet porch patio cellar toilet den
    building structure architecture: house apartment church school hospital museum library tower castle \
      palace bridge temple cathedral mosque skyscraper barn factory warehouse stadium theater theatre \
      hotel station airport mall bank cottage cabin mansion lighthouse
    home housing accommodation residence dwelling: house apartment flat condo studio townhouse cottage \
      cabin mansion villa bungalow dorm dormitory loft duplex farmhouse trailer houseboat hotel hostel \
      airbnb motel
    tool equipment: hammer screwdriver saw drill wrench spanner pliers nail screw ladder shovel spade \
      rake axe chisel sander toolbox tape knife scissors hoe lawnmower chainsaw
    vehicle transport commute: car bus train bike bicycle motorcycle motorbike scooter truck van taxi cab \
      subway metro tram plane airplane aircraft helicopter boat ship ferry yacht suv jeep minivan pickup \
      lorry canoe kayak rv camper uber ambulance tractor
    car automobile brand make: toyota honda ford tesla bmw audi mercedes volkswagen hyundai kia nissan \
      mazda subaru chevrolet jeep volvo porsche ferrari prius lexus fiat peugeot renault sedan suv \
      hatchback convertible
    boat vessel watercraft: ship sailboat canoe kayak yacht ferry raft dinghy catamaran submarine rowboat \
      paddleboard
    electronics device gadget tech: phone smartphone laptop computer tablet ipad iphone tv television \
      camera headphones earbuds speaker smartwatch console playstation xbox nintendo kindle monitor \
      printer router keyboard mouse drone macbook projector charger gps desktop webcam
    phone smartphone: iphone android galaxy pixel samsung nokia
    computer: laptop desktop macbook server pc workstation chromebook raspberry
    toy: doll lego puzzle teddy bear ball kite blocks robot train yoyo car plush dollhouse
    gift present souvenir: necklace ring bracelet watch flower book chocolate perfume card toy scarf mug \
      candle voucher jewelry bouquet ticket painting magnet postcard
    container: box bag bottle jar basket bucket crate barrel suitcase bin tin
    cosmetic makeup toiletries skincare: lipstick mascara foundation eyeliner perfume shampoo conditioner \
      lotion moisturizer sunscreen soap toothpaste deodorant serum blush
    hairstyle haircut: bob ponytail braid bun bangs fringe curl dreadlocks mohawk perm bald dye
    chore housework household_task: laundry dishes vacuuming cleaning cooking ironing sweeping mopping \
      dusting gardening shopping trash groceries tidying
    renovation remodeling home_improvement: kitchen bathroom paint roof floor tile wallpaper deck fence \
      plumbing cabinet window
    """
}
