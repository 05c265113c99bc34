"""The words of which the generator makes its records; order matters, since seeds pick by position."""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """A field of work: industries, role titles, skills and things that students did in it."""

    name: str
    industries: tuple[str, ...]
    titles: tuple[str, ...]
    skills: tuple[str, ...]
    deeds: tuple[str, ...]


FIELDS = (
    Field(
        "software engineering",
        ("Software", "Video Games", "Telecommunications"),
        ("Backend Developer", "Web Developer", "Mobile Developer", "Test Engineer", "Site Reliability"),
        ("Python", "Java", "Go", "TypeScript", "PostgreSQL", "Docker", "React", "Kotlin"),
        ("built a booking app that 300 students use", "maintains a small open-source library"),
    ),
    Field(
        "data science",
        ("Analytics", "Market Research", "Insurance"),
        ("Data Analyst", "Data Engineer", "Business Intelligence", "Machine Learning", "Research Analyst"),
        ("Python", "SQL", "R", "Tableau", "statistics", "PyTorch", "Excel", "dbt"),
        ("built a dashboard for the university clinic", "cleaned ten years of weather records"),
    ),
    Field(
        "finance",
        ("Banking", "Financial Technology", "Accounting"),
        ("Financial Analyst", "Payments Analyst", "Audit Assistant", "Risk Analyst", "Treasury Assistant"),
        ("Excel", "accounting", "SQL", "financial modelling", "Power BI", "IFRS", "valuation"),
        ("kept the books of a student society", "modelled the cash flow of a family bakery"),
    ),
    Field(
        "marketing",
        ("Marketing", "Media", "Retail", "Fashion"),
        ("Content Producer", "Social Media Assistant", "Brand Assistant", "Campaign Analyst", "PR Assistant"),
        ("copywriting", "Canva", "Premiere Pro", "SEO", "photography", "Google Analytics", "social media"),
        ("ran the campaign of a film festival", "wrote a food column for the campus paper"),
    ),
    Field(
        "design",
        ("Design", "Architecture", "Publishing"),
        ("Product Designer", "Graphic Designer", "Junior Architect", "UX Researcher", "Interior Designer"),
        ("Figma", "InDesign", "Revit", "Rhino", "user research", "typography", "model making"),
        ("redrew the signs of a city library", "designed a folding stool that went into production"),
    ),
    Field(
        "mechanical engineering",
        ("Robotics", "Automotive", "Aerospace", "Manufacturing"),
        ("Mechanical Design", "Robotics Software", "Production Planner", "Quality Engineer", "Test Bench"),
        ("SolidWorks", "MATLAB", "C++", "3D printing", "AutoCAD", "ROS", "finite elements"),
        ("led the brakes group of the student racing team", "built a wind tunnel from plywood"),
    ),
    Field(
        "logistics",
        ("Logistics", "Shipping", "E-commerce"),
        ("Supply Chain Analyst", "Operations Assistant", "Fleet Planner", "Procurement", "Warehouse Planner"),
        ("Excel", "SAP", "demand planning", "SQL", "customs rules", "Power BI", "scheduling"),
        ("planned crew shifts at a port", "found which customs form caused most delays"),
    ),
    Field(
        "public health",
        ("Healthcare", "Biotechnology", "Pharmaceuticals"),
        (
            "Health Data Analyst",
            "Patient Experience",
            "Clinical Research",
            "Lab Assistant",
            "Care Coordinator",
        ),
        ("epidemiology", "R", "patient interviews", "laboratory work", "NVivo", "Excel", "biostatistics"),
        ("helped at a vaccination centre for two summers", "interviewed 80 patients for a study"),
    ),
    Field(
        "law",
        ("Legal Services", "Consulting", "Public Policy"),
        (
            "Legal Research",
            "Policy Assistant",
            "Compliance Assistant",
            "Contracts Assistant",
            "Case Assistant",
        ),
        ("legal research", "policy writing", "contract review", "French", "citation", "negotiation"),
        ("reached the final of a moot court", "drafted letters for a free legal clinic"),
    ),
    Field(
        "tourism",
        ("Hospitality", "Tourism", "Food and Beverage", "Events"),
        ("Guest Relations", "Event Assistant", "Travel Planner", "Kitchen Development", "Revenue Assistant"),
        ("event planning", "customer service", "Spanish", "Japanese", "Excel", "HACCP", "budgeting"),
        ("guided sixty walks for visitors", "ran the desk of a station for two years"),
    ),
    Field(
        "energy",
        ("Renewable Energy", "Environment", "Construction", "Agriculture"),
        ("Solar Project", "Sustainability Reporting", "Site Survey", "Wind Analyst", "Water Research"),
        ("AutoCAD", "PVsyst", "GIS", "Python", "sampling", "ESG reporting", "Excel"),
        ("measured the yield of twelve rooftop systems", "took water samples for a regional survey"),
    ),
    Field(
        "development studies",
        ("Non-profit", "Education", "International Development"),
        ("Programme Assistant", "Monitoring and Evaluation", "Fundraising", "Teaching Assistant", "Outreach"),
        ("survey design", "Stata", "community outreach", "Swahili", "fundraising", "project coordination"),
        ("led household surveys in two regions", "coordinated a mentoring circle of 24 girls"),
    ),
)

PEOPLE = (
    (("Ada", "Chinedu", "Ngozi", "Tunde", "Zainab"), ("Okafor", "Adeyemi", "Eze", "Balogun", "Bello")),
    (("Priya", "Arjun", "Ananya", "Rohan", "Meera"), ("Iyer", "Sharma", "Nair", "Patel", "Rao")),
    (("Wei", "Mei", "Jun", "Xin", "Hao"), ("Zhang", "Li", "Chen", "Wang", "Liu")),
    (
        ("Sofía", "Mateo", "Valentina", "Diego", "Lucía"),
        ("Hernández", "Ramírez Luna", "Gómez", "Peña", "Díaz"),
    ),
    (("João", "Beatriz", "Thiago", "Inês", "Rafael"), ("Souza", "Ferreira", "Araújo", "Gonçalves", "Alves")),
    (("Emma", "Liam", "Olivia", "Noah", "Grace"), ("Smith", "O'Brien", "Clarke", "Jones", "McKay")),
    (("Léa", "Hugo", "Chloé", "Théo", "Manon"), ("Dubois", "Lefèvre", "Moreau", "d'Aubigny", "Petit")),
    (("Lena", "Jonas", "Mia", "Björn", "Annika"), ("Müller", "Weiß", "Åkesson", "van Dijk", "Søndergaard")),
    (
        ("Katarzyna", "Jan", "Zofia", "Ondřej", "Ilinca"),
        ("Wiśniewska", "Novák", "Kowalski", "Popescu", "Horváth"),
    ),
    (("Fatima", "Omar", "Leila", "Yusuf", "Nour"), ("El Amrani", "Haddad", "Hosseini", "Demir", "Khalil")),
    (("Haruto", "Yui", "Min-jun", "Seo-yeon", "Ren"), ("Tanaka", "Satō", "Kim", "Park", "Mori")),
    (("Thanh", "Linh", "Budi", "Siti", "Maria Clara"), ("Nguyễn", "Trần", "Santoso", "Wijaya", "Reyes")),
    (("Wanjiru", "Kofi", "Tesfaye", "Aisha", "Sipho"), ("Kamau", "Mensah", "Bekele", "Mwangi", "Dlamini")),
)

ODD_NAMES = (
    ('Robert "Bobby"', "Tables"),
    ("明", "王"),
    ("Ἑλένη", "Παπαδοπούλου"),
    ("محمد", "الحسن"),
    ("Владимир", "Кузнецов"),
    ("<b>Max</b>", "Mustermann"),
    ("Anne; Marie", "O’Hara, Jr."),
    ("X Æ", "Nguyễn-Þórsdóttir"),
    ("Madonna", ""),
    ("José\nMaría", "Íñiguez"),
    ("דוד", "לוי"),
    ("สมชาย", "ใจดี"),
)

ODD_COMPANIES = (
    'Smith "& Sons"',
    "<Angle> GmbH",
    "Ünïcode Åb",
    "株式会社サンプル",
    "Comma, Inc.",
    "O'Reilly & Daughters",
)

NAME_STARTS = (
    *("Alder", "Amber", "Anchor", "Birch", "Blue", "Bright", "Cedar", "Clear", "Copper", "Coral"),
    *("Crown", "Delta", "Ember", "Falcon", "Fern", "Flint", "Golden", "Granite", "Green", "Harbour"),
    *("Hazel", "Indigo", "Iron", "Juniper", "Kestrel", "Lantern", "Linden", "Lunar", "Maple", "Meridian"),
    *("North", "Nova", "Oak", "Onyx", "Orchid", "Pine", "Prairie", "Quartz", "River", "Rowan"),
    *("Saffron", "Silver", "Solar", "Stone", "Summit", "Tidal", "Umber", "Velvet", "Willow", "Zephyr"),
)
NAME_ENDS = (
    *("bridge", "brook", "craft", "field", "forge", "gate", "grove", "haven", "line", "loft"),
    *("mark", "mill", "path", "point", "reach", "ridge", "sail", "spring", "stead", "works"),
)
COMPANY_FORMS = ("", "", "Ltd", "Group", "Labs", "Partners", "GmbH", "Inc.", "& Co", "Studio")
SURNAMES = tuple(last for _, lasts in PEOPLE for last in lasts)

CITIES = (
    ("London", "Europe/London"),
    ("Dublin", "Europe/Dublin"),
    ("Berlin", "Europe/Berlin"),
    ("Madrid", "Europe/Madrid"),
    ("Lisbon", "Europe/Lisbon"),
    ("Copenhagen", "Europe/Copenhagen"),
    ("New York", "America/New_York"),
    ("Vancouver", "America/Vancouver"),
    ("Mexico City", "America/Mexico_City"),
    ("São Paulo", "America/Sao_Paulo"),
    ("Nairobi", "Africa/Nairobi"),
    ("Cape Town", "Africa/Johannesburg"),
    ("Lagos", "Africa/Lagos"),
    ("Dubai", "Asia/Dubai"),
    ("Mumbai", "Asia/Kolkata"),
    ("Singapore", "Asia/Singapore"),
    ("Tokyo", "Asia/Tokyo"),
    ("Sydney", "Australia/Sydney"),
)

UNIVERSITIES = (
    "University of Lagos",
    "IIT Madras",
    "National University of Singapore",
    "Universidad de Sevilla",
    "Universidade de São Paulo",
    "University of Edinburgh",
    "Sorbonne Université",
    "TU Munich",
    "Charles University",
    "American University of Beirut",
    "KAIST",
    "University of Nairobi",
    "Hanoi University of Science and Technology",
    "University of Cape Town",
    "McGill University",
    "Boğaziçi University",
)

INTERESTS = (
    *("chess", "climbing", "cooking", "cycling", "choir", "diving", "football", "hiking", "jazz", "knitting"),
    *("photography", "piano", "rowing", "running", "sailing", "theatre", "volleyball", "woodwork"),
)

HABITS = (
    "Writes short notes that others can act on.",
    "Asks early, finishes on time and tells the team what was learnt.",
    "Learns best beside people who care about the details.",
    "Is at home in busy teams and patient with customers.",
    "Enjoys turning untidy beginnings into clear plans.",
)

TITLES = ("Partnership Specialist", "Senior Partnership Specialist", "Partnerships Associate")
