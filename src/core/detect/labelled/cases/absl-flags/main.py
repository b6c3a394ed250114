from absl import app, flags, logging

FLAGS = flags.FLAGS
flags.DEFINE_integer("batch_size", 128, "Batch size.", lower_bound=1)
flags.DEFINE_float('learning_rate', 0.1, 'Step size.')
flags.DEFINE_string("workdir", None, "Directory to store results.")
flags.DEFINE_bool("debug", False, "Debug.")
_MODE = flags.DEFINE_enum("mode", "train", ["train", "eval"], "What to do.")
_HOOKS = flags.DEFINE_list("hooks", ["a"], "Hooks.")
flags.mark_flag_as_required("workdir")


def main(argv):
    logging.info(FLAGS.batch_size)


if __name__ == "__main__":
    app.run(main)
