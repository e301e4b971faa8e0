import { Button } from '@mantine/core';
import { IconMapSearch } from '@tabler/icons-react';
import { Link } from 'wouter';
import { EmptyState } from '#renderer/components/empty-state.tsx';

export function NotFound() {
  return (
    <EmptyState
      icon={IconMapSearch}
      title="There is no such screen"
      actions={
        <Button component={Link} href="/">
          Back to Home
        </Button>
      }
    >
      The address does not lead anywhere in this version.
    </EmptyState>
  );
}
