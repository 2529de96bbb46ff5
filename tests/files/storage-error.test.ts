import { describe, expect, it } from 'vitest';
import { storageError, systemCodeOf } from '../../src/main/files/storage-error';

describe('storageError', () => {
  it('names the path and the remedy by the code of the system', () => {
    const caught = Object.assign(new Error('write'), { code: 'ENOSPC' });
    expect(storageError(caught, '/a.png', 'write').message).toBe('Could not write /a.png: the disk is full; free some space and try again.');
  });

  it('knows a full disk by the words of libvips too', () => {
    const caught = new Error('/out/a.png: write error\nsystem error: No space left on device\nwbuffer_write: write failed');
    expect(systemCodeOf(caught)).toBe('ENOSPC');
    expect(storageError(caught, '/a.png', 'write').message).toContain('the disk is full');
  });

  it('has no code for what is no failure of the system', () => {
    expect(systemCodeOf(new Error('a bad Huffman code'))).toBe('');
    expect(systemCodeOf('words')).toBe('');
  });
});
