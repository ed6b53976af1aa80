extension SemanticFields {
  /// Animals, plants, land, weather and the year.
  static let nature: StaticString = """
    animal creature wildlife: dog cat bird fish horse cow pig sheep goat chicken duck rabbit hamster \
      mouse rat lion tiger bear wolf fox deer elephant giraffe zebra monkey ape gorilla chimpanzee panda \
      koala kangaroo snake lizard turtle tortoise frog toad crocodile alligator whale dolphin shark seal \
      otter penguin owl eagle squirrel raccoon skunk badger hedgehog bat camel donkey moose bison buffalo \
      leopard cheetah jaguar hippo rhino octopus crab lobster spider bee butterfly
    pet: dog cat puppy kitten hamster rabbit bunny parrot parakeet budgie canary goldfish fish guinea \
      gerbil ferret turtle tortoise lizard gecko iguana snake hedgehog chinchilla pony horse cockatiel \
      aquarium
    dog breed puppy: labrador retriever poodle bulldog beagle terrier husky corgi dachshund chihuahua pug \
      spaniel collie shepherd rottweiler doberman dalmatian greyhound boxer mastiff shiba jindo \
      pomeranian shih maltese schnauzer setter mutt
    cat kitten feline: siamese persian tabby ragdoll calico bengal sphynx tomcat
    bird poultry fowl: sparrow robin pigeon dove crow raven magpie owl eagle hawk falcon parrot canary \
      finch swallow swan duck goose chicken hen rooster turkey peacock penguin ostrich flamingo pelican \
      gull seagull stork heron crane hummingbird woodpecker cardinal jay blackbird nightingale quail \
      pheasant vulture kingfisher cuckoo wren starling
    insect bug: ant bee wasp hornet butterfly moth fly mosquito beetle ladybug ladybird grasshopper \
      cricket cockroach termite dragonfly flea tick louse aphid caterpillar mantis cicada firefly \
      bumblebee gnat
    reptile amphibian: snake lizard turtle tortoise crocodile alligator gecko iguana chameleon frog toad \
      newt salamander python cobra viper
    fish seafood shellfish: salmon tuna cod trout bass mackerel sardine herring anchovy halibut carp \
      catfish eel shark goldfish shrimp prawn crab lobster oyster clam mussel squid octopus scallop \
      snapper tilapia haddock
    livestock farm_animal cattle: cow bull calf ox pig hog sheep lamb goat horse donkey chicken hen duck \
      goose turkey alpaca llama
    tree: oak pine maple birch willow elm ash cedar fir spruce beech poplar cypress palm eucalyptus \
      redwood sequoia chestnut walnut sycamore magnolia cherry apple olive ginkgo bamboo juniper yew \
      bonsai
    flower bouquet bloom blossom: rose tulip lily daisy sunflower orchid carnation daffodil lavender \
      violet peony iris poppy marigold hydrangea chrysanthemum geranium jasmine lilac begonia azalea \
      petunia pansy dahlia snowdrop hibiscus camellia magnolia dandelion lotus
    plant houseplant garden: flower tree fern cactus succulent ivy moss herb shrub bush bonsai aloe \
      monstera orchid basil tomato rose vegetable seedling lavender bamboo
    landscape nature scenery outdoors terrain: mountain hill valley river lake ocean sea beach forest \
      woods desert canyon cliff waterfall island cave glacier volcano meadow swamp marsh coast bay jungle \
      prairie savanna plateau stream pond creek reef trail park sunset
    body_of_water waters: ocean sea lake river stream creek pond bay gulf lagoon canal reservoir \
      waterfall spring
    weather climate forecast: rain snow sun sunny cloud cloudy wind windy storm thunder thunderstorm \
      lightning fog foggy hail sleet drizzle shower hurricane typhoon tornado blizzard heatwave drought \
      humid hot cold freezing frost rainy snowy chilly breeze overcast monsoon
    season time_of_year: spring summer autumn fall winter
    month: january february march april june july august september october november december
    weekday day_of_the_week: monday tuesday wednesday thursday friday saturday sunday
    disaster catastrophe emergency: earthquake flood fire wildfire hurricane tornado tsunami typhoon \
      drought landslide avalanche eruption storm blizzard famine pandemic explosion
    planet space astronomy: mercury venus earth mars jupiter saturn uranus neptune pluto moon sun star \
      galaxy comet asteroid meteor telescope eclipse nebula constellation
    gem gemstone jewel: diamond ruby sapphire emerald pearl opal topaz amethyst jade garnet turquoise \
      quartz amber
    metal: gold silver copper iron steel aluminum aluminium brass bronze tin zinc nickel platinum \
      titanium lead
    material fabric textile: wood metal glass plastic leather cotton wool silk linen polyester nylon \
      denim velvet paper clay stone brick concrete rubber ceramic fur suede canvas cashmere satin lace \
      marble steel
    color colour shade hue: red blue green yellow orange purple pink brown black white gray grey violet \
      turquoise teal beige maroon navy gold silver lavender magenta cyan indigo crimson scarlet ivory \
      cream burgundy lilac tan khaki
    shape: circle square triangle rectangle oval diamond star heart cube sphere cone cylinder pyramid \
      hexagon pentagon octagon spiral cross crescent ellipse
    zodiac horoscope star_sign: aries taurus gemini cancer leo virgo libra scorpio sagittarius capricorn \
      aquarius pisces
    """
}
