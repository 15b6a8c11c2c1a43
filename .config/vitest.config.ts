import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those that take longest, the longest first: begun at the end, one of them would leave a core without work. */
const long = ['killed', 'random-owner', 'browser/whole-way', 'bench', 'storage', 'standardization/application', 'owner-trial']

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
      return place < 0 ? long.length : place
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: 'test/support/postgres.ts',
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Nothing in a module changes while a test runs, so that what one file has loaded serves the next: the checklists and
    // all languages above all.
    isolate: false,
    maxWorkers: '100%',
    sequence: { sequencer: LongFirst },
  },
})
