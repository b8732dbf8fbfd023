/// The words, by what they tell.
extension Lexicon {
  static let lists: [(String, WordClasses)] = [
    (
      """
      m mr mrs ms miss mme mmes mlle mlles monsieur madame mademoiselle messieurs mesdames
      dr docteur doctor pr professeur me maitre hadj haj hajja cheikh lalla mevrouw meneer
      dhr mevr السيد السيدة الآنسة الدكتور الدكتورة الحاج الحاجة
      """, .civility
    ),
    (
      """
      mme mlle mr monsieur madame
      """, .hastyCivility
    ),
    (
      """
      de du des d l le la van von der den el al ben bin bint bent ould ait o mc abou abu
      bel y da dos di epouse nee بن بنت ابن أبو
      """, .particle
    ),
    (
      """
      le la l
      """, .article
    ),
    (
      """
      et ou and or
      """, .conjunction
    ),
    (
      """
      general president marechal docteur professeur roi prince abbe amiral
      """, .title
    ),
    (
      """
      maire mairesse president presidente directeur directrice adjoint adjointe prefet
      ministre gouverneur wali pacha caid chef conseiller conseillere responsable mayor
      director bonjour merci cordialement madame monsieur mesdames messieurs mme mlle mr
      le la les un une je il elle nous vous ils elles on the a an i we he she they et and
      ou or mais but est is was au aux en in pour for avec with depuis since rue avenue
      boulevard place quartier ecole lycee janvier fevrier mars avril mai juin juillet
      aout septembre octobre novembre decembre january february march april june july
      august september october november december lundi mardi mercredi jeudi vendredi
      samedi dimanche monday tuesday wednesday thursday friday saturday sunday ce cette
      cet son sa ses mon ma votre notre leur qui que tel telephone email mail courriel
      adresse address phone born ne nee dossier demande travaux service services mairie
      ville city council habite habitant agent usager demandeur demandeuse plus tres deja
      dit a
      """, .noName
    ),
    (
      """
      habite demande signale souhaite veut dit voudrait appelle rappelle pas se ne y s m
      qu c j n t ci dont sans sur par dans chez sera etait doit peut fait signalant
      demandant concernee concerne suivante suivant precitee x bonsoir qu si car donc
      """, .noHastyName
    ),
    (
      """
      rue avenue av ave boulevard bd blvd place square quai allee cours impasse chemin
      route pont saint sainte st ste ecole college lycee stade parc jardin gare hopital
      centre maison salle espace theatre piscine gymnase mediatheque bibliotheque
      residence creche street road school park library fondation association station
      direction terminus arret metro quartier cite prix hotel clinique universite faculte
      institut mosquee eglise esplanade passage promenade rond tour maternelle primaire
      elementaire groupe scolaire complexe halle foyer ehpad complex bridge hospital hall
      centrum straat laan plein شارع مدرسة ساحة مستشفى حي مسجد
      """, .place
    ),
    (
      """
      rue avenue av ave boulevard bd bld blvd bvd place pl chemin che chem impasse imp
      allee allees quai route rte cours square lotissement residence passage sentier villa
      hameau cite ruelle esplanade faubourg fg venelle montee rang cote derb zanqat zankat
      hay promenade voie rond chaussee straat laan شارع زنقة حي
      """, .street
    ),
    (
      """
      street st road rd lane ln drive avenue ave boulevard blvd court crescent close
      terrace
      """, .streetEnding
    ),
    (
      """
      bis ter quater b t a c d
      """, .houseLetter
    ),
    (
      """
      de du des d la le les l aux au a en sur sous et saint sainte st ste general gal
      marechal docteur dr president professeur pr capitaine colonel abbe pere frere van
      der den el al ben ibn bou sidi moulay notre dame bel beau petit petite grand grande
      vieux vieille haut bas ancien ancienne premier point مولاي سيدي ابن
      """, .streetLink
    ),
    (
      """
      n no num numero nr رقم
      """, .number
    ),
    (
      """
      janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
      janv fevr fev avr juil sept oct nov dec january february march april may june july
      august september october november december jan feb mar apr jun jul aug sep januari
      februari maart mei juni juli augustus oktober يناير فبراير مارس أبريل ماي مايو يونيو
      يوليوز يوليو غشت أغسطس شتنبر سبتمبر أكتوبر نونبر نوفمبر دجنبر ديسمبر جانفي فيفري
      جوان جويلية أوت أفريل
      """, .month
    ),
    (
      """
      nee nes nees naissance naiss ddn born birth birthdate birthday dob naquit geboren
      geboortedatum مولود مولودة ولد ولدت مواليد الازدياد الميلاد المزداد المزدادة مزداد
      مزدادة
      """, .birth
    ),
    (
      """
      er st nd rd th e
      """, .ordinal
    ),
    (
      """
      of de le the
      """, .dateLink
    ),
    (
      """
      en in anyear سنة عام
      """, .inYear
    ),
    (
      """
      tel telephone phone portable port mobile gsm fax cell whatsapp appeler appelez appel
      joindre joignable rappeler rappelez call text هاتف الهاتف هاتفه telefoon
      """, .phone
    ),
    (
      """
      nas sin assurance insurance
      """, .insurance
    ),
    (
      """
      cb visa mastercard amex bancaire bankcard
      """, .card
    ),
    (
      """
      nif fiscal fiscale
      """, .tax
    ),
    (
      """
      facebook instagram linkedin tiktok twitter snapchat youtube
      """, .host
    ),
    (
      """
      version v ver article art
      """, .version
    ),
    (
      """
      bd av st ru km kg ht ttc eur mb go mo tv mm cm ml et ou au du de le la bis ter rue
      app apt bt
      """, .noPlate
    ),
    (
      """
      tn tu tun tunis tunisie تونس
      """, .tunis
    ),
    (
      """
      lon long lng longitude lat latitude n s e w o nord sud est ouest north south east
      west x y
      """, .axis
    ),
    ("né", .bornOrNot),
  ]
}
