import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearch } from 'wouter';
import type { Verification } from '#contract/exports.ts';
import { Panel } from '#renderer/components/panel.tsx';
import { TroubleState } from '#renderer/components/trouble-state.tsx';
import { useClient } from '#renderer/engine/engine-provider.tsx';
import { toTrouble } from '#renderer/engine/trouble.ts';
import classes from '#renderer/features/export/export.module.css';
import { PathField } from '#renderer/files/path-field.tsx';

const SIGNATURES: Readonly<Record<Verification['signature'], string>> = {
  unsigned: 'Not signed: whoever can write the folder can write the proof anew.',
  'not-checked': 'Signed; give the public key to check the signature.',
  valid: 'Signed with this key.',
  invalid: 'The signature does not fit the proof.',
  'other-key': 'Signed, but with another key.',
  missing: 'There is no signature.',
};

/** Compares an export with its proof: any later edit is named. */
export function VerifyForm() {
  const client = useClient();
  const asked = new URLSearchParams(useSearch()).get('folder') ?? '';
  const [folder, setFolder] = useState(asked);
  const [key, setKey] = useState('');
  const verify = useMutation({
    mutationFn: () =>
      client.exports.verify({ folder: folder.trim(), ...(key.trim() === '' ? {} : { key: key.trim() }) }),
  });
  const { mutate } = verify;
  useEffect(() => {
    if (asked !== '') mutate();
  }, [asked, mutate]);
  return (
    <Stack gap="md">
      <Panel title="Export to verify">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (folder.trim() !== '') verify.mutate();
          }}
        >
          <Stack gap="sm">
            <PathField label="Folder" pick="folder" value={folder} onChange={setFolder} />
            <PathField
              label="Public key"
              description="Ed25519 in PEM, for signed exports"
              pick="file"
              value={key}
              onChange={setKey}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={verify.isPending} disabled={folder.trim() === ''}>
                Verify
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
      {verify.isError && <TroubleState trouble={toTrouble(verify.error)} onRetry={() => verify.mutate()} />}
      {verify.data !== undefined && <Verdict verification={verify.data} />}
    </Stack>
  );
}

function titleOf({ intact, changes }: Verification): string {
  if (intact) return 'Nothing was changed';
  if (changes.length === 0) return 'The signature does not stand for this proof';
  return `${changes.length} ${changes.length === 1 ? 'file has' : 'files have'} changed since the export`;
}

function Verdict({ verification }: { readonly verification: Verification }) {
  const { intact, changes, signature, proof } = verification;
  const Icon = intact ? IconCircleCheck : IconCircleX;
  return (
    <Panel title={titleOf(verification)}>
      <Group gap="xs" role="status" wrap="nowrap">
        <Icon size={18} className={intact ? classes.good : classes.bad} aria-hidden />
        <Text size="sm">
          {proof.files.length} files of {proof.generatedAt.slice(0, 10)}. {SIGNATURES[signature]}
        </Text>
      </Group>
      {changes.length > 0 && (
        <Table mt="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>File</Table.Th>
              <Table.Th w={130}>Change</Table.Th>
              <Table.Th>What it means</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map((change) => (
              <Table.Tr key={change.path}>
                <Table.Td className="uf-mono">{change.path}</Table.Td>
                <Table.Td>{change.kind}</Table.Td>
                <Table.Td>{change.meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
