"""A real llama.cpp server on loopback, over a model that this script makes up: llama_peer.py FOLDER

Writes FOLDER/tiny.gguf, prints the port that it listens on, and serves until the process that started it is gone.
Needs the packages xllamacpp, gguf and numpy. The key is sk-local.

The model has the shape of a Llama of two layers and random weights, so its words are noise; but what is around them is
real: templates, token counts, the prompt cache, limits, keys and errors. Its tokens are single bytes, and each answer
ends by chance: every embedding has the same first component, which the output weights of the token that ends an answer
make use of, and those of no other token do.
"""
import os
import socket
import sys
import time

import gguf
import numpy
import xllamacpp

WIDTH, LAYERS, HEADS, INNER = 64, 2, 4, 128
CONTEXT, SLOTS = 16384, 2
UNKNOWN, BEGIN, END = 0, 1, 2
# One token in about 40 is the last one.
END_BIAS = 0.27


def vocabulary():
    """Tokens with their scores and types: three for control, all bytes, and a few letters as SentencePiece has them."""
    control = [(b"<unk>", 0.0, gguf.TokenType.UNKNOWN), (b"<s>", 0.0, gguf.TokenType.CONTROL),
               (b"</s>", 0.0, gguf.TokenType.CONTROL)]
    raw = [(b"<0x%02X>" % value, 0.0, gguf.TokenType.BYTE) for value in range(256)]
    letters = ["\u2581", *"etaoinshrdlu.-[]s0123456789"]
    plain = [(letter.encode(), -1.0 - rank, gguf.TokenType.NORMAL)
             for rank, letter in enumerate(dict.fromkeys(letters))]
    return control + raw + plain


def write_model(path):
    random = numpy.random.default_rng(7)

    def noise(*shape):
        return (random.standard_normal(shape) * 0.05).astype(numpy.float32)

    tokens, scores, types = zip(*vocabulary())
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT // SLOTS)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(list(tokens))
    writer.add_token_scores(list(scores))
    writer.add_token_types([int(kind) for kind in types])
    writer.add_unk_token_id(UNKNOWN)
    writer.add_bos_token_id(BEGIN)
    writer.add_eos_token_id(END)
    writer.add_chat_template(
        "{% for message in messages %}[{{ message.role }}]\n{{ message.content }}\n{% endfor %}[assistant]\n"
    )

    embeddings = noise(len(tokens), WIDTH)
    embeddings[:, 0] = 1
    output = noise(len(tokens), WIDTH)
    output[:, 0] = 0
    output[END, 0] = END_BIAS
    writer.add_tensor("token_embd.weight", embeddings)
    writer.add_tensor("output_norm.weight", numpy.ones(WIDTH, numpy.float32))
    writer.add_tensor("output.weight", output)
    for layer in range(LAYERS):
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{norm}.weight", numpy.ones(WIDTH, numpy.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"blk.{layer}.{part}.weight", noise(WIDTH, WIDTH))
        for part, shape in (("gate", (INNER, WIDTH)), ("up", (INNER, WIDTH)), ("down", (WIDTH, INNER))):
            writer.add_tensor(f"blk.{layer}.ffn_{part}.weight", noise(*shape))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(path):
    settings = xllamacpp.CommonParams()
    settings.model.path = path
    settings.model_alias = ["tiny"]
    settings.hostnames = ["127.0.0.1"]
    settings.port = free_port()
    settings.api_keys = ["sk-local"]
    settings.n_ctx, settings.n_parallel = CONTEXT, SLOTS
    settings.cpuparams.n_threads = 2
    settings.warmup = False
    settings.endpoint_metrics = True
    return settings.port, xllamacpp.Server(settings)


def main():
    parent = os.getppid()
    path = os.path.join(sys.argv[1], "tiny.gguf")
    write_model(path)
    # Its log goes to standard error, also what is printed by C.
    port, server = serve(path)
    print(port, flush=True)
    while os.getppid() == parent:
        time.sleep(0.2)
    del server


if __name__ == "__main__":
    main()
