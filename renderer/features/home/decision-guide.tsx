import { Button, Group, List, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Panel } from '#renderer/components/panel.tsx';
import classes from '#renderer/features/home/decision-guide.module.css';
import { adviceFor, type GuideAnswers, NOTHING_KNOWN } from '#renderer/features/home/guide.ts';

const QUESTIONS = [
  {
    id: 'hashes',
    question: 'Do you have the password hashes?',
    options: [
      { value: 'all', label: 'Of everybody' },
      { value: 'some', label: 'Of some' },
      { value: 'none', label: 'No' },
    ],
  },
  {
    id: 'formats',
    question: 'Which kinds are they?',
    options: [
      { value: 'accepted', label: 'bcrypt, argon2, PBKDF2, …' },
      { value: 'mixed', label: 'Several, some unknown' },
      { value: 'own', label: 'Our own scheme' },
    ],
  },
  {
    id: 'resets',
    question: 'May people be asked to reset their password?',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'rather-not', label: 'Rather not' },
    ],
  },
  {
    id: 'segments',
    question: 'Do groups of users move at different times?',
    options: [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'All together' },
    ],
  },
] as const;

/** Four questions that decide between bulk, lazy and both. */
export function DecisionGuide() {
  const [answers, setAnswers] = useState<GuideAnswers>(NOTHING_KNOWN);
  const advice = adviceFor(answers);
  const asked = QUESTIONS.filter(({ id }) => !(id === 'formats' && answers.hashes === 'none'));
  return (
    <Panel
      title="Which way to migrate?"
      actions={
        answers !== NOTHING_KNOWN && (
          <Button variant="subtle" color="gray" onClick={() => setAnswers(NOTHING_KNOWN)}>
            Start over
          </Button>
        )
      }
    >
      <Stack gap="md">
        {asked.map(({ id, question, options }) => (
          <div key={id}>
            <Text size="sm" fw={540} mb={4} id={`guide-${id}`}>
              {question}
            </Text>
            <SegmentedControl
              aria-labelledby={`guide-${id}`}
              fullWidth
              data={[...options]}
              value={answers[id] ?? ''}
              onChange={(value) => setAnswers({ ...answers, [id]: value })}
            />
          </div>
        ))}
        <div className={classes.advice} data-empty={advice === null} role="status">
          {advice === null ? (
            <Text size="sm" c="dimmed">
              Answer the questions above; the advice comes as soon as they carry one.
            </Text>
          ) : (
            <>
              <Group gap="xs">
                <Text fw={620}>{advice.title}</Text>
              </Group>
              <Text size="sm" c="dimmed" mb="xs">
                {advice.why}
              </Text>
              <List size="sm" type="ordered" spacing={4}>
                {advice.steps.map((step) => (
                  <List.Item key={step}>{step}</List.Item>
                ))}
              </List>
            </>
          )}
        </div>
      </Stack>
    </Panel>
  );
}
