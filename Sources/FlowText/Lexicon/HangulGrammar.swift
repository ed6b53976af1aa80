/// Bigrams that Korean grammar makes in nearly every text.
enum HangulGrammar {
  /// Connectives, endings and particles of two syllables.
  ///
  /// A longer name may hold one (그리스 holds 그리, as 그리고 does), and would find everything by it.
  static let bigrams: Set<String> = [
    "그리", "리고", "그래", "래서", "그런", "그러", "그것", "이런", "저런", "하지", "지만", "하고", "해서", "하는", "하다",
    "했다", "했어", "한다", "이다", "에서", "으로", "부터", "까지", "에게", "한테", "니다", "습니", "입니", "합니", "해요",
    "어요", "아요", "에요", "예요", "는데", "면서", "라고", "다고", "이라", "라는", "이나", "이고", "인데", "보다", "처럼",
    "만큼", "마다", "조차", "밖에", "있어", "있다", "있는", "없어", "없다", "없는", "같은", "같이", "같아", "우리", "나는",
    "너무", "정말", "진짜", "아주", "지금", "다시", "아니", "그냥", "이제", "먼저",
  ]
}
