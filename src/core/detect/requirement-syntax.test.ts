import { expect, it } from 'vitest';
import { isRequirement, isRequirementLine } from './requirement-syntax.ts';

const GOOD = [
  'numpy',
  'zope.interface',
  'A_b-c.d',
  'torch==2.5.1+cu121',
  'numpy>=1.26,<3',
  'numpy >= 1.26 , < 3',
  'numpy (>=1.26, <3)',
  'numpy==1.*',
  'numpy~=1.4.2',
  'numpy!=1!2.0',
  'numpy===2.0-weird',
  'requests[security,tests] >= 2.8.1',
  'requests [security]',
  'requests[]',
  'pywin32; sys_platform == "win32"',
  "tomli>=1 ; python_version < '3.11' and (os_name=='posix' or extra == 'a')",
  'a; "linux" in sys_platform',
  "a; 'arm' not in platform_machine",
  "a;platform.machine=='x86_64'",
  'pip @ https://github.com/pypa/pip/archive/22.0.2.zip',
  'pip@git+https://github.com/pypa/pip.git@main#subdirectory=a',
  'pip[x] @ https://h/pip.whl ; python_version > "3"',
];

it.each(GOOD)('takes %s', (text) => {
  expect(isRequirement(text)).toBe(true);
  expect(isRequirementLine(text)).toBe(true);
});

it.each([
  '',
  '-i https://index/simple',
  '--extra-index-url=https://index/simple',
  'numpy==1.26 --hash=sha256:abc --hash=sha256:def',
  'numpy==1.26  --config-settings "a=b"',
  'https://h/pip-1-py3-none-any.whl',
  'https://h/pip-1-py3-none-any.whl ; python_version > "3"',
  'git+ssh://git@h/x.git#egg=x',
  'x @ https://${TOKEN}@h/x.whl',
])('takes the line "%s"', (line) => expect(isRequirementLine(line)).toBe(true));

it.each([
  'num py ==',
  'num py',
  '; RUN x',
  'numpy; RUN x',
  'numpy; python_version > "3" RUN x',
  'numpy ==',
  'numpy = 1',
  'numpy==1 2',
  'numpy>=1 <2',
  '"numpy"',
  'numpy"\nRUN x',
  'numpy\nRUN x',
  'RUN echo x',
  'numpy[a',
  'numpy-',
  'x @',
  '$(id)',
])('refuses %j', (text) => {
  expect(isRequirement(text)).toBe(false);
  expect(isRequirementLine(text)).toBe(false);
});

it('ends promptly on long nonsense', () => {
  for (const part of ['a ', '==1', '(', 'python_version', '"', ' , ']) {
    expect(isRequirement(`a;${part.repeat(20_000)}`)).toBe(false);
    expect(isRequirement(`a ${part.repeat(20_000)}!`)).toBe(false);
  }
});
