# %%
import matplotlib.pyplot as plt
import numpy as np
# %%
LEARNING_RATE: float = 1e-2
BATCH_SIZE, EPOCHS = 32, 20
IMG_SIZE = (224, 224)
URL = 'https://example.org/' 'data.zip'
np.random.seed(0)
# %%
x = np.linspace(0, 1, EPOCHS)
for STEP in range(EPOCHS):
    y = x * STEP
plt.plot(x, y)
plt.savefig('curve.png')
