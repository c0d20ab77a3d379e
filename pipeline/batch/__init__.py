"""Many documents: processes that read them, results kept from run to run, one set of tables.

::

    version   what the results of a document depend on besides its content
    kept      results by content and version, in the user's cache
    past      what the last run into a folder saw and wrote
    reader    the process that reads documents, one at a time, within its limits
    readers   several of them, replaced where they break
    listing   the documents under the inputs (content: their bytes)
    chunk     some documents: kept results, or read anew
    finish    the process that makes the tables of kept results
    tables    the tables of a run, where they are not there already

Nothing here knows Prefect: `flows/` calls it from tasks.
"""
