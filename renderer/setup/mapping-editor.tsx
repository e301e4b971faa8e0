import { MultiSelect, Select, Stack, Table, Text } from '@mantine/core';
import type { ProjectSettings } from '#contract/project-settings.ts';
import { ATTRIBUTES } from '#renderer/setup/attributes.ts';
import classes from '#renderer/setup/mapping-editor.module.css';

export type Fields = Partial<ProjectSettings['fields']>;

interface MappingEditorProps {
  readonly fields: Fields;
  /** Columns of the users table or query. */
  readonly columns: readonly { readonly name: string; readonly type?: string }[];
  readonly onChange: (fields: Fields) => void;
}

const GROUPS = [...new Set(ATTRIBUTES.map((attribute) => attribute.group))];

/** Which column of the legacy store is which attribute of the profile. */
export function MappingEditor({ fields, columns, onChange }: MappingEditorProps) {
  const known = columns.map(({ name, type }) => ({
    value: name,
    label: type === undefined ? name : `${name}  (${type})`,
  }));
  // A column that is mapped and not (or not yet) known is shown all the same.
  const strays = [...new Set(Object.values(fields).flat())].filter(
    (name): name is string => name !== undefined && !columns.some((column) => column.name === name),
  );
  const data = [...known, ...strays.map((name) => ({ value: name, label: name }))];
  const set = (name: string, value: string | string[] | null): void => {
    const { [name as keyof Fields]: _old, ...rest } = fields;
    const empty = value === null || value.length === 0;
    onChange(empty ? rest : { ...rest, [name]: value });
  };
  return (
    <Stack gap="md">
      {GROUPS.map((group) => (
        <Table
          key={group}
          className={classes.table ?? ''}
          withRowBorders={false}
          verticalSpacing={3}
          horizontalSpacing={0}
        >
          <caption className={classes.caption}>{group}</caption>
          <Table.Tbody>
            {ATTRIBUTES.filter((attribute) => attribute.group === group).map((attribute) => {
              const value = fields[attribute.name];
              const common = {
                'aria-label': `Column for ${attribute.title}`,
                data,
                searchable: true,
                clearable: true,
                size: 'xs',
                nothingFoundMessage: 'No such column',
              } as const;
              return (
                <Table.Tr key={attribute.name}>
                  <Table.Th scope="row" className={classes.name ?? ''}>
                    {attribute.title}
                    {'required' in attribute && <span className={classes.required}> needed</span>}
                    {attribute.hint !== '' && (
                      <Text size="xs" c="dimmed" fw={400}>
                        {attribute.hint}
                      </Text>
                    )}
                  </Table.Th>
                  <Table.Td>
                    {'many' in attribute ? (
                      <MultiSelect
                        {...common}
                        value={listOf(value)}
                        placeholder={listOf(value).length === 0 ? 'nothing' : ''}
                        onChange={(names) => set(attribute.name, names)}
                      />
                    ) : (
                      <Select
                        {...common}
                        value={typeof value === 'string' ? value : null}
                        placeholder="nothing"
                        error={'required' in attribute && value === undefined ? 'Needed' : undefined}
                        onChange={(name) => set(attribute.name, name)}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      ))}
    </Stack>
  );
}

function listOf(value: string | readonly string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : [...value];
}
