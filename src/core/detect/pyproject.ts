import { isRecord } from '../../shared/is-record.ts';
import { AppError } from '../../shared/errors.ts';
import { isRequirement } from './requirement-syntax.ts';
import { refuseLocal } from './requirements.ts';
import { parseToml, tableIn, type Table } from './toml.ts';

export const PYPROJECT = 'pyproject.toml';

export const parsePyproject = (text: string): Table =>
  parseToml(
    text,
    PYPROJECT,
    'E_PYPROJECT',
    'Mend that line, or name the dependencies in a requirements.txt.',
  );

/** `[project].dependencies`, or null when the project names none. @throws AppError `E_PYPROJECT` */
export function projectDependencies(document: Table): string[] | null {
  const { project } = document;
  if (!isRecord(project)) return null;
  const { dependencies, dynamic } = project;
  if (dependencies === undefined) {
    if (Array.isArray(dynamic) && dynamic.includes('dependencies')) throw dynamicDependencies();
    return null;
  }
  if (!Array.isArray(dependencies)) throw notAList();
  return dependencies.map((line, index) => {
    if (typeof line !== 'string' || /[\n\r\0]/.test(line) || /^\s*-/.test(line)) throw notAList();
    refuseLocal(line, `${PYPROJECT} (dependency ${index + 1})`);
    if (!isRequirement(line.trim())) throw noRequirement(index + 1, line);
    return line.trim();
  });
}

/** Names in `[tool.poetry.dependencies]`, but for Python itself. */
export const poetryDependencies = (document: Table): string[] =>
  Object.keys(tableIn(tableIn(tableIn(document, 'tool'), 'poetry'), 'dependencies')).filter(
    (name) => name.toLowerCase() !== 'python',
  );

const notAList = (): AppError =>
  new AppError('E_PYPROJECT', `[project].dependencies of ${PYPROJECT} is not a list of names.`, {
    next: 'Write each dependency as one string, such as "numpy>=1.26".',
  });

const noRequirement = (number: number, line: string): AppError =>
  new AppError(
    'E_PYPROJECT',
    `${PYPROJECT} (dependency ${number}) is no requirement: ${line.slice(0, 100)}`,
    { next: 'Write a name and, if you like, versions, such as "numpy>=1.26".' },
  );

const dynamicDependencies = (): AppError =>
  new AppError('E_PYPROJECT', `${PYPROJECT} leaves its dependencies to the build ("dynamic").`, {
    next: 'Name them in a requirements.txt at the top of the folder.',
  });
