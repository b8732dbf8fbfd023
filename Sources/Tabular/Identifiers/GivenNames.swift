/// Given names that are frequent in France, Belgium, Québec, the Maghreb and West Africa: enough
/// to tell a column of persons from others, and no directory.
package enum GivenNames {
  /// - Returns: whether a cell of a few words holds one of them and no word for a place or thing.
  package static func isIn(_ cell: ArraySlice<UInt8>) -> Bool {
    guard cell.count <= 60 else { return false }
    let words = PlainWords.of(cell, atMost: 6)
    guard (1...5).contains(words.count) else { return false }
    var found = false
    for word in words {
      if places.contains(word) { return false }
      if names.contains(word) { found = true }
    }
    return found
  }

  /// Streets, schools and towns bear the names of persons.
  private static let places = PlainWords.keys([
    "rue", "avenue", "boulevard", "place", "square", "quai", "allee", "cours", "impasse", "chemin",
    "route", "pont", "saint", "sainte", "st", "ste", "ecole", "college", "lycee", "stade", "parc",
    "jardin", "gare", "hopital", "centre", "maison", "salle", "espace", "theatre", "piscine",
    "gymnase", "mairie", "mediatheque", "bibliotheque", "residence", "creche", "la", "le", "les",
    "sur", "sous", "en", "ville", "port", "fort", "mont", "ile", "d", "of", "the", "de", "du",
  ])

  static let names = PlainWords.keys(
    """
    adama adele adrien agathe agnes ahmed aicha aissata alain albert alex alexandra alexandre
    alexis ali alice aline alioune allan alpha amadou amandine amelie amina aminata amine anais
    andre andrea angelique anna anne annick annie anouk anthony antoine antonin antonio arnaud
    arthur astrid audrey aurelie aurelien awa axel aya ayoub baptiste basile bastien beatrice
    benedicte benjamin benoit bernadette bernard bertrand bilal boubacar brahim brandon brigitte
    bruno camille carine carlos carole caroline catherine cecile cedric celeste celine chantal
    charles charlotte chloe christelle christian christiane christine christophe claire clara
    claude claudine clemence clement clementine clotilde colette coralie corentin corinne cyril
    damien daniel danielle david deborah delphine denis denise desire diane didier dominique driss
    edith edouard elena eliane elias elisabeth elise elodie eloise emeline emilie emma emmanuel
    emmanuelle enzo eric estelle esther ethan etienne eugene eva evelyne fabien fabienne fabrice
    fadila faiza fanny fares farid fatiha fatima fatou fatoumata felix fernand fiona florence
    florent florian francis franck francois francoise frederic frederique gabriel gabrielle
    gael gaelle genevieve geoffrey georges gerald gerard germain gerome ghislaine gilbert gilles
    ginette gisele gregory guillaume gustave guy habib hadrien halima hamid hamza hanane hassan
    helene henri henriette herve hicham hugo huguette hussein ibrahim ibrahima ida imane ines
    ingrid irene isabelle ismael issa issouf ivan jacqueline jacques jamal james jamila jean
    jeanne jennifer jeremie jeremy jerome jessica joel joelle john jonas jonathan jordan joseph
    josephine josette josiane josseline juan jules julia julie julien juliette justine kader kamal
    karim karima karine kevin khadija khadim khaled khalid kofi kouadio kouassi lamine laura laure
    laurence laurent lea leila leo leon leonie leopold lilian liliane lina linda lionel lisa loic
    lola lou louane louis louise luc lucas lucette lucie lucien lucienne ludovic lydia lydie mael
    maeva magali malik malika mamadou manon marc marcel marcelle margaux margot marguerite maria
    mariam mariama marianne marie marion marius martin martine maryse mateo mathieu
    mathilde mathis matthieu maud maurice maxence maxime mehdi melanie melissa mia michael
    michel michele micheline mireille mohamed mohammed moktar monique morgane mouhamed moussa
    mustapha myriam nabil nadege nadia nadine naima najat nathalie nathan nelly nicolas nicole noa
    noah noe noemie nolan nora norbert nordine nour oceane odette odile olivia olivier omar oumar
    oumou ousmane pascal pascale patrice patricia patrick paul paule paulette pauline philippe
    pierre quentin rachel rachid rachida raphael raymond raymonde rebecca regine regis remi
    remy renaud rene renee richard robert roger roland romain romane rosa rosalie roxane
    sabine sabrina said saida salif salima sami samia samir samira samuel sandra sandrine sara
    sarah sebastien serge severine seydou sidonie simon simone sofia sofiane solange solene sonia
    sophie souad soufiane souleymane stephane stephanie suzanne sylvain sylvie tarik thea theo
    theodore therese thibault thibaut thierry thomas tiphaine tom tristan ulysse valentin
    valentine valerie vanessa veronique victor vincent virginie viviane walid
    wassim xavier yacine yahya yann yannick yasmina yasmine yassine yolande youcef youssef yves
    yvette yvonne zachary zakaria zineb zoe zohra
    abdallah abdel abdelaziz abdelkader abdellah abderrahim abderrahmane abdou abdoulaye adam
    adel adil ahmadou akram alassane alain amine amira amir anas andrew anne anthony arno arthur
    asma assia astou aude awatef aymeric aziz aziza bachir bakary barbara bart bassirou bilel
    binta bouchra brahima brian chaima chedli cheikh cheick chokri christopher cindy
    corinne dalila daouda dieynaba djamila djibril dorothee dounia edmond edouard edward
    elhadj elizabeth emily eugenie fadela fadi fadoua fanta farah fatma faouzi fethi ferdinand
    firmin flora fode fouad fouzia gabin georgette germaine ghita ghizlane gilberte gwenaelle
    hafida hafsa haja hajar hakim hamed hamidou hamadou hanan hanna harouna hasna hatem hayat
    hedi hector hind hilaire hocine honore houda houria idriss idrissa iliass ilham ilyes
    imad imen ines intissar ismail issam jaouad jad janine jason jasmine jessie jihane
    joao johan joris josee kadiatou kaoutar karl kathleen keltoum khadidiatou khadidja khalil
    khaoula kenza kimberly koffi kone kouame lahcen lamia lars latifa laurie leandre leonard
    lieve linda lotfi loubna lounes lucy maimouna mahamadou mahdi mahmoud mariama marieme
    marta marwa maryam maryline matteo maryam mbarka mehdi merieme messaoud michelle mina
    mokhtar mona mouloud mounia mounir mourad mouna mustafa naïma nadir nabila naoufel nasser
    nassim nawal ndeye nezha nicole nizar noureddine nourredine oussama ouassim outhmane
    pedro pieter prisca rabah rabia rachel radia ramata redouane ridha rim rita ryan roberto
    rokia rokhaya ruth safaa safia salah salim salma salimata samba sanae sandy sekou selma
    serigne sihem siham slimane sokhna soraya soumaya steven sultan taha tahar taoufik thami
    thomas tidiane tijani timothy touria wafa wafae wahid walter wendy wiam wided willem
    william yannis yaya yamina younes younous youssoufa youssouf zahra zakia zeinab zied ziad
    zineddine zoubida
    محمد أحمد علي حسن حسين فاطمة خديجة عائشة زينب مريم يوسف إبراهيم عمر خالد سعيد رشيد كريم سمير
    نادية سعاد ليلى حسناء أمينة نورة عبدالله عبد مصطفى ياسين أيوب حمزة إسماعيل جمال كمال منى سلمى
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }))
}
