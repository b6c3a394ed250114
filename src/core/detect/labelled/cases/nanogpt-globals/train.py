import os
import torch

# -----------------------------------------------------------------------------
out_dir = 'out'
eval_interval = 2000
always_save_checkpoint = True
learning_rate = 6e-4 # max learning rate
grad_clip = 1.0
# -----------------------------------------------------------------------------
config_keys = [k for k,v in globals().items() if not k.startswith('_') and isinstance(v, (int, float, bool, str))]
exec(open('configurator.py').read()) # overrides from command line or config file
config = {k: globals()[k] for k in config_keys} # will be useful for logging
# -----------------------------------------------------------------------------
iter_num = 0
best_val_loss = 1e9
os.makedirs(out_dir, exist_ok=True)
torch.save({'x': 1}, os.path.join(out_dir, 'ckpt.pt'))
