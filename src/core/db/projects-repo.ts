import { projectSchema, type Project } from '../../shared/domain/project.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';

const SELECT = `
  SELECT id, name, created_at AS createdAt,
    (SELECT count(*) FROM job WHERE job.project_id = project.id AND job.binned_at IS NULL) AS jobCount,
    (SELECT count(*) FROM job JOIN run ON run.job_id = job.id WHERE job.project_id = project.id
       AND job.binned_at IS NULL AND run.binned_at IS NULL) AS runCount
  FROM project`;

export class ProjectsRepo {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  list(): Project[] {
    return this.#db.all(`${SELECT} ORDER BY name COLLATE NOCASE`).map(toProject);
  }

  byName(name: string): Project | null {
    const row = this.#db.get(`${SELECT} WHERE name = ?`, name);
    return row ? toProject(row) : null;
  }

  changedSince(rev: number): Project[] {
    return this.#db.all(`${SELECT} WHERE rev > ?`, rev).map(toProject);
  }

  /** The project of that name, made if it is not there. */
  ensure(name: string, now: number): Project {
    this.#db.write((rev) =>
      this.#db.run('INSERT OR IGNORE INTO project VALUES (?, ?, ?, ?)', newId(), name, now, rev),
    );
    return this.byName(name)!;
  }
}

const toProject = (row: unknown): Project => projectSchema.parse(row);
