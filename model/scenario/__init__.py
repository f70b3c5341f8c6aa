"""A scenario: layers of proposals, stresses and hand-made changes on a network, as values in force and as a link."""
