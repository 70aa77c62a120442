"""The names of arXiv's categories (its category taxonomy), and titles that begin with one."""

from __future__ import annotations

import re

CATEGORIES = frozenset(
    re.split(
        r";\s*",
        """Artificial Intelligence; Hardware Architecture; Computational Complexity;
    Computational Engineering, Finance, and Science; Computational Geometry;
    Computation and Language; Cryptography and Security; Computer Vision;
    Computer Vision and Pattern Recognition; Computers and Society; Databases;
    Distributed, Parallel, and Cluster Computing; Digital Libraries; Discrete Mathematics;
    Data Structures and Algorithms; Emerging Technologies;
    Formal Languages and Automata Theory; General Literature; Graphics;
    Computer Science and Game Theory; Human-Computer Interaction; Information Retrieval;
    Information Theory; Machine Learning; Logic in Computer Science; Multiagent Systems;
    Multimedia; Mathematical Software; Numerical Analysis; Neural and Evolutionary Computing;
    Networking and Internet Architecture; Other Computer Science; Operating Systems;
    Performance; Programming Languages; Robotics; Symbolic Computation; Sound;
    Software Engineering; Social and Information Networks; Systems and Control;
    Audio and Speech Processing; Image and Video Processing; Signal Processing;
    Econometrics; General Economics; Theoretical Economics;
    Applications; Computation; Methodology; Statistics Theory; Other Statistics;
    Biomolecules; Cell Behavior; Genomics; Molecular Networks; Neurons and Cognition;
    Other Quantitative Biology; Populations and Evolution; Quantitative Methods;
    Subcellular Processes; Tissues and Organs;
    Computational Finance; Economics; General Finance; Mathematical Finance;
    Portfolio Management; Pricing of Securities; Risk Management; Statistical Finance;
    Trading and Market Microstructure;
    Algebraic Geometry; Algebraic Topology; Analysis of PDEs; Category Theory;
    Classical Analysis and ODEs; Combinatorics; Commutative Algebra; Complex Variables;
    Differential Geometry; Dynamical Systems; Functional Analysis; General Mathematics;
    General Topology; Geometric Topology; Group Theory; History and Overview;
    K-Theory and Homology; Logic; Mathematical Physics; Metric Geometry; Number Theory;
    Operator Algebras; Optimization and Control; Probability; Quantum Algebra;
    Representation Theory; Rings and Algebras; Spectral Theory; Symplectic Geometry;
    Astrophysics of Galaxies; Cosmology and Nongalactic Astrophysics;
    Earth and Planetary Astrophysics; High Energy Astrophysical Phenomena;
    Instrumentation and Methods for Astrophysics; Solar and Stellar Astrophysics;
    Disordered Systems and Neural Networks; Materials Science;
    Mesoscale and Nanoscale Physics; Other Condensed Matter; Quantum Gases;
    Soft Condensed Matter; Statistical Mechanics; Strongly Correlated Electrons;
    Superconductivity; General Relativity and Quantum Cosmology; High Energy Physics;
    Nuclear Experiment; Nuclear Theory; Quantum Physics; Adaptation and Self-Organizing Systems;
    Cellular Automata and Lattice Gases; Chaotic Dynamics; Exactly Solvable and Integrable Systems;
    Pattern Formation and Solitons; Accelerator Physics; Applied Physics;
    Atmospheric and Oceanic Physics; Atomic Physics; Atomic and Molecular Clusters;
    Biological Physics; Chemical Physics; Classical Physics; Computational Physics;
    Data Analysis, Statistics and Probability; Fluid Dynamics; General Physics; Geophysics;
    History and Philosophy of Physics; Instrumentation and Detectors; Medical Physics; Optics;
    Physics Education; Physics and Society; Plasma Physics; Popular Physics; Space Physics""",
    )
)
_KNOWN = {name.casefold() for name in CATEGORIES}


def split_title(text: str) -> tuple[str, str]:
    """("Computation and Language", "REFRAG") from "Computation and Language - REFRAG".

    The category is empty if the text does not begin with one of arXiv's.
    """
    head, _, title = re.sub(r" [-–—]+ ", "\0", " ".join(text.split()), count=1).partition("\0")
    if title and head.casefold() in _KNOWN:
        return head, title
    return "", " ".join(text.split())
