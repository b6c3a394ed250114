from sacred import Experiment

ex = Experiment("svm")


@ex.config
def cfg():
    C = 1.0  # regularisation
    gamma = 0.7
    kernel = "rbf"


@ex.automain
def run(C, gamma, kernel):
    scratch = C * gamma
    ex.log_scalar("score", scratch)
