extension SemanticFields {
  /// What people do, play, watch, read and listen to.
  static let leisure: StaticString = """
    instrument: guitar piano violin drum flute cello clarinet saxophone trumpet trombone harp ukulele \
      bass keyboard banjo accordion harmonica viola oboe bassoon tuba organ mandolin recorder synthesizer \
      tambourine xylophone bagpipe gayageum cymbal lute sitar fiddle horn percussion
    sport athletics: football soccer basketball baseball tennis golf swimming running volleyball hockey \
      rugby cricket badminton boxing wrestling skiing snowboarding skating surfing cycling gymnastics \
      climbing rowing sailing fencing archery handball softball lacrosse karate judo taekwondo marathon \
      triathlon equestrian bowling diving squash pingpong polo yoga
    martial_art self_defense combat_sport: karate judo taekwondo kickboxing boxing jiujitsu aikido kungfu \
      mma wrestling muay krav hapkido kendo fencing capoeira taichi
    exercise workout fitness physical_activity: running jogging yoga pilates gym swimming cycling walking \
      hiking weights lifting aerobics zumba crossfit pushup squat plank stretching cardio spinning rowing \
      dance treadmill marathon boxing climbing
    water_sport watersport: swimming surfing diving snorkeling kayaking sailing rowing rafting \
      windsurfing canoeing paddleboarding waterskiing kitesurfing fishing
    winter_sport: skiing snowboarding skating sledding hockey curling biathlon luge bobsled
    game boardgame videogame: chess checkers monopoly scrabble poker bridge catan risk clue uno go \
      dominoes backgammon mahjong rummy solitaire minecraft fortnite zelda mario pokemon tetris overwatch \
      starcraft cyberpunk witcher puzzle trivia cards dungeons nintendo playstation xbox sudoku crossword \
      charades bingo jenga
    hobby pastime interest leisure free_time activity: painting drawing reading writing gardening cooking \
      baking hiking camping fishing photography knitting sewing crochet dancing singing music guitar \
      piano gaming running swimming yoga cycling traveling pottery woodworking collecting birdwatching \
      chess puzzle origami calligraphy surfing skiing climbing astronomy blogging volunteering \
      scrapbooking movie film poetry model
    craft handicraft diy: knitting sewing crochet pottery woodworking embroidery quilting origami weaving \
      scrapbooking jewelry candle carving ceramics macrame needlework leatherwork calligraphy beading
    art artwork creative_work visual_art: painting drawing sculpture sketch watercolor portrait mural \
      photography collage print illustration graffiti pottery ceramics canvas landscape mosaic acrylic \
      engraving
    dance: ballet salsa tango waltz hiphop jazz tap ballroom swing flamenco samba rumba contemporary \
      breakdance zumba bachata foxtrot folk
    music genre song: rock pop jazz classical blues country rap hiphop metal punk folk electronic techno \
      house reggae soul funk disco opera indie gospel kpop ballad symphony orchestra edm alternative \
      album concert
    concert gig show: band singer orchestra festival musical opera ballet play recital symphony musician \
      tour stage
    book novel reading literature: fiction nonfiction fantasy mystery thriller romance biography memoir \
      autobiography poetry poem story manga comic novella textbook classic dystopian author sequel \
      trilogy harry hobbit
    genre_of_book type_of_book story: fantasy mystery thriller romance horror adventure fairytale fable \
      myth legend sci comedy tragedy drama western dystopian
    movie film cinema: comedy drama horror thriller action romance documentary animation western musical \
      fantasy sci pixar disney marvel sequel trilogy superhero noir director oscar
    tv_show series television_show: sitcom drama documentary anime cartoon netflix episode season \
      miniseries soap reality thriller crime
    writing written_work publication: blog article essay poem novel story diary journal memoir screenplay \
      script letter column report newsletter book
    media news_source press: newspaper magazine television radio podcast blog website youtube documentary \
      article
    social_media social_network platform: facebook instagram twitter tiktok youtube linkedin snapchat \
      reddit whatsapp discord telegram pinterest kakaotalk twitch threads mastodon
    club group society community: choir band team church league bookclub gym association chess scouts \
      support orchestra volunteer
    attraction landmark sight sightseeing: museum tower bridge castle palace cathedral temple monument \
      statue zoo aquarium park garden beach waterfall ruins gallery pyramid market canyon square
    camping_gear outdoor_gear gear: tent backpack stove lantern boots sleeping compass rope hammock \
      flashlight cooler
    collection: stamp coin card comic vinyl record postcard figurine antique doll shell rock magnet book
    award prize honor trophy achievement: medal trophy certificate scholarship oscar grammy nobel emmy \
      gold silver bronze championship title first winner ribbon
    """
}
