import { describe, expect, it } from 'vitest';
import { leBytes } from '../../kernel/bytes.ts';
import { ReplayError } from '../../kernel/errors.ts';
import { MESSAGE_MEMORY_COUNT, NexusMessageMemory } from './message-memory.ts';

describe('NXS-MEM a memory of messages', () => {
  it('NXS-MEM-006 remembers 65,536 messages, and forgets the first for the next one', () => {
    // The digest of four bytes may be these bytes.
    const memory = new NexusMessageMemory({}, { sha256: ({ message }) => message.slice() });
    const admit = (i: number): void => {
      memory.admit({ payload: leBytes(i, 4, 'NXS-MEM-006'), created: 0n }, 0);
      memory.pollEvent();
    };
    for (let i = 0; i < MESSAGE_MEMORY_COUNT; i++) admit(i);
    expect(() => admit(0)).toThrow(ReplayError);
    admit(MESSAGE_MEMORY_COUNT);
    expect(() => admit(1)).toThrow(ReplayError);
    admit(0);
    expect(() => admit(2)).toThrow(ReplayError);
    admit(1);
  });
});
