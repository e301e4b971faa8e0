import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { create } from 'zustand';

interface Question {
  readonly title: string;
  /** What will be gone for good. */
  readonly body: ReactNode;
  /** The verb on the button: "Delete the trial". */
  readonly action: string;
}

interface Asked {
  readonly question: Question | null;
  readonly answer: (yes: boolean) => void;
}

const useAsked = create<Asked>()(() => ({ question: null, answer: () => undefined }));

/** Asks before what cannot be undone, and only then. What can be undone is done at once and offers to undo. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    useAsked.setState({
      question,
      answer: (yes) => {
        useAsked.setState({ question: null });
        resolve(yes);
      },
    });
  });
}

export function ConfirmHost() {
  const { question, answer } = useAsked();
  return (
    <Modal opened={question !== null} onClose={() => answer(false)} title={question?.title} size="md">
      <Text size="sm" component="div">
        {question?.body}
      </Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => answer(false)} data-autofocus>
          Keep it
        </Button>
        <Button color="red" onClick={() => answer(true)}>
          {question?.action}
        </Button>
      </Group>
    </Modal>
  );
}
