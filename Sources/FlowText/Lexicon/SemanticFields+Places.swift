extension SemanticFields {
  /// Countries and their great cities, states, languages.
  static let places: StaticString = """
    continent region: africa asia europe america antarctica australia oceania arctic caribbean \
      scandinavia balkans
    country abroad overseas homeland home_country: afghanistan albania algeria andorra angola antigua \
      argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium \
      belize benin bhutan bolivia bosnia botswana brazil brunei bulgaria burkina burundi cambodia \
      cameroon canada chad chile china colombia comoros congo croatia cuba cyprus czechia denmark \
      djibouti dominica ecuador egypt salvador eritrea estonia eswatini ethiopia fiji finland france \
      gabon gambia georgia germany ghana greece grenada guatemala guinea guyana haiti honduras hungary \
      iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya \
      kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein \
      lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania mauritius mexico \
      micronesia moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal \
      netherlands zealand nicaragua niger nigeria macedonia norway oman pakistan palau palestine panama \
      papua paraguay peru philippines poland portugal qatar romania russia rwanda samoa senegal serbia \
      seychelles singapore slovakia slovenia solomon somalia africa spain sudan suriname sweden \
      switzerland syria taiwan tajikistan tanzania thailand timor togo tonga trinidad tunisia turkey \
      turkmenistan tuvalu uganda ukraine emirates uae uk usa britain england scotland wales states \
      uruguay uzbekistan vanuatu vatican venezuela vietnam yemen zambia zimbabwe holland
    european_country europe: france germany italy spain portugal ireland england scotland netherlands \
      belgium switzerland austria poland czechia hungary greece sweden norway denmark finland iceland \
      romania bulgaria croatia serbia ukraine russia paris london rome berlin madrid barcelona amsterdam \
      vienna prague lisbon dublin
    asian_country asia: china japan korea taiwan vietnam thailand philippines indonesia malaysia \
      singapore india pakistan bangladesh nepal cambodia laos myanmar mongolia kazakhstan tokyo seoul \
      beijing shanghai bangkok hanoi bali delhi
    african_country africa: egypt morocco algeria tunisia nigeria ghana kenya ethiopia tanzania uganda \
      rwanda senegal zambia zimbabwe botswana namibia madagascar cairo lagos nairobi johannesburg
    south_american_country latin_america: brazil argentina chile peru colombia ecuador bolivia venezuela \
      uruguay paraguay mexico cuba guatemala panama costa honduras nicaragua
    city town capital hometown: london paris berlin rome madrid barcelona lisbon amsterdam brussels \
      vienna prague budapest warsaw athens istanbul moscow dublin edinburgh manchester zurich geneva \
      munich hamburg frankfurt milan venice florence naples stockholm oslo copenhagen helsinki york \
      chicago boston seattle francisco angeles vegas miami houston dallas austin denver phoenix atlanta \
      philadelphia washington portland orleans nashville detroit diego toronto vancouver montreal ottawa \
      mexico havana rio paulo aires lima bogota santiago cairo lagos nairobi johannesburg casablanca \
      dubai riyadh tehran baghdad jerusalem mumbai delhi bangalore karachi dhaka bangkok hanoi singapore \
      jakarta manila kuala beijing shanghai shenzhen hong taipei tokyo osaka kyoto seoul busan incheon \
      daegu daejeon gwangju jeju sydney melbourne brisbane perth auckland wellington
    province: alabama alaska arizona arkansas california colorado connecticut delaware florida georgia \
      hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan \
      minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico york carolina dakota \
      ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington wisconsin \
      wyoming ontario quebec alberta columbia
    language tongue foreign_language: english spanish french german italian portuguese dutch russian \
      polish czech ukrainian greek turkish arabic hebrew persian farsi hindi urdu bengali tamil punjabi \
      chinese mandarin cantonese japanese korean vietnamese thai indonesian malay tagalog swahili latin \
      swedish norwegian danish finnish hungarian romanian esperanto irish gaelic welsh catalan
    trip travel vacation destination journey getaway tour: flight beach hotel cruise camping roadtrip \
      abroad airport mountain hiking island safari backpacking ski resort paris london italy france spain \
      japan hawaii mexico honeymoon europe thailand greece itinerary luggage passport
    mountain: everest fuji alps himalayas rockies kilimanjaro andes hallasan seoraksan denali matterhorn \
      rainier appalachian
    river lake: nile amazon mississippi danube thames rhine seine han ganges yangtze tahoe superior \
      michigan geneva como
    ocean sea: pacific atlantic indian arctic mediterranean caribbean baltic aegean
    island: hawaii bali jeju sicily crete iceland malta cyprus maldives santorini galapagos okinawa \
      bahamas fiji jamaica ibiza maui
    venue location spot somewhere: restaurant cafe park beach museum church school gym bar club hotel \
      mall theater library stadium hall garden center market office home airport station bookstore \
      coffeeshop
    shop store retailer: supermarket grocery bakery pharmacy bookstore boutique mall market ikea walmart \
      target amazon costco butcher florist deli thrift
    restaurant eatery dining: cafe diner bistro pizzeria steakhouse sushi buffet pub bar bakery mcdonalds \
      starbucks grill canteen tavern
    """
}
