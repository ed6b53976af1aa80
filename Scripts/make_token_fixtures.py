#!/usr/bin/env python3
"""Makes the tokenizer's fixtures: texts of our own with the ids that tiktoken gives them.

    pip install tiktoken==0.14.*
    python3 Scripts/make_token_fixtures.py Tests/FlowTextTests/Tokens/TokenFixtures.swift

The tests read the result and need neither Python nor tiktoken. To add a case, add a text here and
run the script again.
"""

import pathlib
import sys

import tiktoken

TEXTS = {
    "plain": ["", "a", "hello", "hello world", "The quick brown fox jumps over the lazy dog.",
              "Flow keeps what an agent did, and hands back the best prompt that fits a budget."],
    "case": ["ABC", "ABCdef", "AbcDEF", "camelCase", "PascalCaseName", "HTTPServerError", "iPhone15Pro",
             "SCREAMING_SNAKE_CASE", "aB", "ǅungla", "ǅǅ", "ÀÉÎ àéî", "ßẞ", "\u4e2dHELLO", "\u4e2dHELLOa",
             "\u4e2dHE\u6587LLO", "ªºA", "ʰABC", "AʰB"],
    "contractions": ["it's", "IT'S", "don't", "we'RE", "I've", "I'm", "he'll", "she'D", "it\u2019s", "'s", "'sx",
                     "x'sx", "x'll'll", "x'l", "x'lx", "x'r", "x're", "x'v", "x'", "x''s", "x'\u017f", "'\u017f",
                     "x'\u212a", "o'clock", "rock 'n' roll", "x'T's", "x'm\u0301", "1's", "\u4e2d's", "A's", "'S",
                     "x'\u0161", "x'1"],
    "white space": [" ", "  ", "   ", " a", "  a", "   a", "a ", "a  ", "a   b", "\t", "\t\ta", " \t a", "\n", "\n\n",
                    "\r\n", "\r\n\r\n", "a\nb", "a\n\nb", "a \nb", "a\n b", "a\n  b", "a \n \n b", " \n", "\n ",
                    "\n  ", "  \n  \n  x", "\u00a0a", "\u00a0\u00a0a", "\u3000", "\u3000a", "\u3000\u3000a",
                    " \u3000a", "\u2028a", "\u2029\u2029!", "\u202f1", "\u205f\u205f", "\u1680x", "\u0085x", "\u200bx",
                    "\u200b\u200b x", "\ufeffx", "\x1cx", "\x1c\x1d x", " !", "  !", "\t!", "\t\t!", " 1", "  1",
                    "\u00a0!", "\u00a01", "x \r y", "\v\fx"],
    "punctuation": ["!", "!!", "!?", "...", "a.b", "a. b", "a/b", "//", "http://x.y/z", "!\n", "!\n\n/", "!//\r\n/ x",
                    "(a)", "((a))", "[1]", "{\"k\": [1, 2.5, null]}", "a--b", "-->", " --> ", "#include <stdio.h>",
                    "x += 1;", "$100", "50%", "~/.config", "/", "a /", " /x", "  /x", "!a", "!A", "!!a", "_a", "__a__",
                    "¿Qué?", "«mot»", "—", "“quoted”", "\u20ac5", "a\x00b", "\x00", "\x00\x00", "\x00\x00\x00", "\x01a",
                    "abcdefgh\x00\x00", "ab\x00", "/\n/\n", "@x@", "a\u00adb"],
    "numbers": ["1", "12", "123", "1234", "1234567", "3.14159", "1,000,000", "0x1F", "2026-11-22T10:36:00Z", "½", "1½",
                "1½23", "Ⅳ", "Ⅻ1", "٣٤٥٦", "१२३४", "１２３４", "x1y2", "1a", "a1", " 12", "𝟘𝟙𝟚𝟛", "①②③④", "1\u0301"],
    "marks": ["e\u0301", "cafe\u0301", "\u0301", "\u0301a", "\u0301A", "\u0301ABC", "\u0301ABCd", "!\u0301", "!!\u0301a",
              "!\u0301a", " \u0301", "  \u0301", "A\u0301B", "A\u0301Bc", "\u0301\u0301A", "a\u0301\u0302\u0303",
              "1\u0301a", "\n\u0301", "हिन्दी", "ภาษาไทย", "தமிழ்", "עִבְרִית", "العَرَبِيَّة", "y\u20dd"],
    "scripts": ["안녕하세요, 세계!", "한국어 문장입니다.", "你好，世界。", "今天天气很好，我们去公园散步吧。", "こんにちは世界", "カタカナとひらがな",
                "Привет, мир!", "Ελληνικά", "Հայերեն", "ქართული", "አማርኛ", "ಕನ್ನಡ", "ខ្មែរ", "မြန်မာ", "བོད་ཡིག", "ᏣᎳᎩ",
                "𐐀𐐨", "\U000105c0\ua7da", "\U00010940", "\U00016ea0", "\U000323b0x", "Tiếng Việt", "Zażółć gęślą jaźń",
                "naïve façade", "İstanbul ı", "ﬁne"],
    "emoji": ["😀", "😀😀", "a😀b", "👩\u200d👩\u200d👧", "👍🏽", "🇰🇷🇩🇪", "❤\ufe0f", "1\ufe0f\u20e3", " 😀", "🏴\U000e0067\U000e007f",
              "¯\\_(ツ)_/¯"],
    "ill-assigned": ["\u0378", "a\u0378b", "\ue000", "a\ue000", "\uffff", "\ufffd", "\U0010ffff", "\U000e0001", "\ud7ff",
                     "\u2060x", "\u202ea"],
    "specials": ["<|endoftext|>", "a<|endoftext|>b", "<|endofprompt|>", "<|im_start|>system", "<|fim_prefix|>"],
    "code": ["def f(x):\n    return x + 1\n", "func main() {\n\tfmt.Println(\"hi\")\n}\n", "let x = [1, 2, 3].map { $0 * 2 }",
             "SELECT * FROM t WHERE a = 'b';", "if (a && b || !c) { return; }\r\n", "    \n        indented\n\n",
             "| a | b |\n|---|---|\n| 1 | 2 |\n", "```json\n{}\n```", "- item\n  - nested\n",
             "2026-11-22 10:36:00,123 ERROR [main] c.e.App - failed: code=500\n", "9f86d081884c7d659a2feaa0c55ad015",
             "TWFuIGlzIGRpc3Rpbmd1aXNoZWQ=", "C:\\Users\\x\\file.txt", "git commit -m \"x\" && git push"],
    "long runs": ["a" * 255, "a" * 256, "a" * 257, "ab" * 150, " " * 200 + "x", "=" * 300, "\n" * 120, "é" * 130,
                  "中" * 100, "😀" * 70, "-" * 64 + "\n", "xyzzyq" * 50, "가나다" * 60, "\t" * 90 + "x", "HELLO" * 60],
}


def literal(text: str) -> str:
    def escape(char: str) -> str:
        if char in "\\\"":
            return "\\" + char
        return char if " " <= char <= "~" else f"\\u{{{ord(char):X}}}"

    return '"' + "".join(map(escape, text)) + '"'


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    lines = [
        f"// Made by Scripts/make_token_fixtures.py with tiktoken {tiktoken.__version__}; do not edit.",
        "// swift-format-ignore-file",
        "",
        "/// A text with the ids that the published tokenizer gives it.",
        "struct TokenFixture: Sendable {",
        "  let group: String",
        "  let text: String",
        "  let ids: String",
    ]
    for name, vocabulary in {"o200kBase": "o200k_base", "cl100kBase": "cl100k_base"}.items():
        encoding = tiktoken.get_encoding(vocabulary)
        lines += ["", f"  static let {name}: [TokenFixture] = ["]
        for group, texts in TEXTS.items():
            for text in texts:
                ids = " ".join(map(str, encoding.encode_ordinary(text)))
                lines.append(f'    TokenFixture(group: "{group}", text: {literal(text)}, ids: "{ids}"),')
        lines.append("  ]")
    lines += ["}", ""]
    pathlib.Path(sys.argv[1]).write_text("\n".join(lines), encoding="utf-8")
    print(sum(map(len, TEXTS.values())), "texts")


main()
