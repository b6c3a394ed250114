import { AreaField } from '../../ui/area-field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { FieldErrors } from './field-errors.ts';
import type { JobDraft } from './job-draft.ts';

interface Props {
  draft: JobDraft;
  errors: FieldErrors;
  built: boolean;
  onChange: (change: Partial<JobDraft>) => void;
}

function BuildFields({ draft, errors, onChange }: Props) {
  return (
    <>
      <TextField
        label="Build context"
        mono
        value={draft.context}
        placeholder="The root of the code"
        error={errors.context}
        hint="Sub-folder that is built and run in"
        onChange={(context) => onChange({ context })}
      />
      <TextField
        label="Dockerfile"
        mono
        value={draft.dockerfile}
        placeholder="Dockerfile.wandb beside the script, else generated"
        error={errors.dockerfile}
        hint="Path from the build context"
        onChange={(dockerfile) => onChange({ dockerfile })}
      />
      <TextField
        label="Target stage"
        mono
        value={draft.target}
        placeholder="The last one"
        onChange={(target) => onChange({ target })}
      />
      <TextField
        label="Base image"
        mono
        value={draft.baseImage}
        placeholder="By Python version"
        hint="What the generated Dockerfile starts from"
        onChange={(baseImage) => onChange({ baseImage })}
      />
      <AreaField
        label="Build arguments"
        mono
        value={draft.args}
        placeholder="NAME=value"
        error={errors.args}
        hint="One a line. They are kept with the version: no passwords"
        onChange={(args) => onChange({ args })}
      />
    </>
  );
}

/** What is seldom needed. Open while it holds something, or an error. */
export function AdvancedFields(props: Props) {
  const { draft, errors, built, onChange } = props;
  const { context, dockerfile, args, target, baseImage, aliases, schema } = draft;
  const inUse = [context, dockerfile, args, target, baseImage, aliases, schema].some(Boolean);
  const { context: at, dockerfile: file, args: pairs, aliases: names, schema: types } = errors;
  const wrong = [at, file, pairs, names, types].some(Boolean);
  return (
    <Disclosure
      title={built ? 'Build, aliases and input schema' : 'Aliases and input schema'}
      forced={inUse || wrong}
    >
      {built && <BuildFields {...props} />}
      <TextField
        label="Aliases"
        value={aliases}
        placeholder="stable, paper"
        error={errors.aliases}
        hint="Names of the new version, beside latest"
        onChange={(text) => onChange({ aliases: text })}
      />
      <AreaField
        label="Input schema"
        mono
        value={schema}
        placeholder={'{"type": "object", "properties": {"lr": {"type": "number"}}}'}
        error={errors.schema}
        hint="A JSON Schema of what a launch is given, in JSON or YAML. It adds to what the code says"
        onChange={(text) => onChange({ schema: text })}
      />
    </Disclosure>
  );
}
