extension SemanticFields {
  /// The body, its ailments, the mind.
  static let body: StaticString = """
    body_part body limb: head hair face eye ear nose mouth tooth tongue neck shoulder arm elbow wrist \
      hand finger thumb chest back stomach belly hip leg thigh knee ankle foot toe skin bone muscle heart \
      lung liver kidney brain spine rib throat jaw
    organ: heart lung liver kidney brain stomach intestine pancreas bladder spleen
    symptom ache: headache fever cough pain nausea vomiting dizziness fatigue rash itch sneezing \
      congestion cramp swelling bleeding diarrhea insomnia chills migraine numbness sore backache \
      palpitations
    illness disease sickness diagnosis ailment health_problem health_issue medical_condition: cancer \
      diabetes asthma flu cold covid pneumonia arthritis hypertension stroke heart alzheimer dementia \
      parkinson depression anxiety anemia epilepsy migraine allergy infection bronchitis hepatitis \
      malaria tuberculosis measles chickenpox ulcer gastritis eczema psoriasis osteoporosis leukemia \
      lupus tumor appendicitis insomnia autism adhd gout thyroid reflux
    mental_health mental_illness disorder: depression anxiety stress burnout ptsd bipolar ocd adhd panic \
      insomnia anorexia bulimia addiction therapy schizophrenia autism grief trauma
    allergy allergic intolerance: peanut nut pollen dust gluten lactose dairy shellfish egg cat dog fur \
      mold bee penicillin soy hives anaphylaxis
    injury wound accident: fracture broken sprain cut burn bruise concussion strain tear crash fall bite \
      scar twisted dislocated whiplash stitches
    medicine medication drug remedy: aspirin ibuprofen paracetamol acetaminophen tylenol antibiotic \
      penicillin insulin vaccine pill tablet antidepressant painkiller antihistamine vitamin inhaler \
      ointment supplement steroid statin prescription melatonin
    therapy medical_procedure procedure: surgery operation chemotherapy radiation medication \
      physiotherapy acupuncture massage counseling vaccination transplant dialysis rehab injection \
      transfusion stitches crutches meditation
    checkup medical_test: mri scan xray ultrasound biopsy mammogram colonoscopy ecg bloodwork physical \
      screening eyesight
    hospital medical_facility: clinic emergency ward icu surgery ambulance er
    emotion feeling mood: happy sad angry excited anxious nervous proud afraid scared lonely jealous \
      grateful thankful relieved disappointed frustrated embarrassed ashamed guilty surprised hopeful \
      bored confused calm love hate joy fear anger grief overwhelmed stressed worried depressed upset \
      content nostalgic
    positive_emotion happiness: happy glad joy excited proud grateful thankful relieved delighted \
      thrilled hopeful love content cheerful amazed ecstatic blessed
    negative_emotion distress: sad angry anxious afraid scared lonely jealous disappointed frustrated \
      ashamed guilty depressed upset worried stressed grief hurt heartbroken overwhelmed
    personality trait temperament: kind honest generous brave patient shy outgoing confident creative \
      curious friendly funny hardworking humble independent introvert extrovert lazy loyal optimistic \
      pessimistic organized passionate polite reliable selfish sensitive stubborn thoughtful ambitious \
      caring compassionate impulsive empathetic determined adventurous
    appearance: tall short thin fat slim blond brunette hair eyes beard mustache glasses tattoo freckles \
      handsome pretty beautiful curly bald wrinkle scar
    fear phobia: spider height dark snake flying clown needle failure water crowd ghost claustrophobia \
      death thunder
    habit routine: smoking drinking coffee jogging meditation journaling reading walking exercise biting \
      sleeping snoring early gym stretching
    addiction vice: smoking alcohol gambling drug cigarette caffeine nicotine drinking
    skill ability talent: coding programming cooking singing dancing drawing writing painting leadership \
      communication negotiation swimming driving juggling piano guitar language
    belief value principle: honesty faith god equality justice freedom kindness loyalty respect integrity \
      family hope love karma
    """
}
