import type { Ports } from '#engine/ports/ports.ts';
import type { ReplicaComparison } from '#engine/ports/replica-comparison.ts';

export interface CompareRequest {
  readonly project: string;
  readonly a: string;
  readonly b: string;
  readonly phase: 'lazy' | 'bulk';
}

type Comparison = {
  -readonly [K in keyof Omit<ReplicaComparison, 'groups'>]: ReplicaComparison[K];
} & {
  groups: {
    from: string | null;
    to: string | null;
    users: number;
    samples: { key: (string | number)[]; legacyId: string | null }[];
  }[];
};

/** What an edit fixed or broke: trial `b` against trial `a`, user by user. */
export async function compareTrials(ports: Ports, request: CompareRequest): Promise<Comparison> {
  const open = async (trial: string) => {
    const record = await ports.trialFolders.readRecord(request.project, trial);
    return ports.replicas.openReadOnly(ports.trialFolders.replicaPath(request.project, record.id));
  };
  const a = await open(request.a);
  try {
    const b = await open(request.b);
    try {
      return structuredClone(ports.compareReplicas(a, b, request.phase)) as Comparison;
    } finally {
      b.close();
    }
  } finally {
    a.close();
  }
}
